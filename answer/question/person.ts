/** A name as it is compared: `Glisse, Jérôme` and `Jerome Glisse` are one; small and capital letters, marks and order do not count. */
export function personKey(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}

/** Whether a name holds every word of the name that was asked for: `Wilcox` is in `Matthew Wilcox (Oracle)`. */
export function answersTo(author: string, asked: string): boolean {
  const held = new Set(personKey(author).split(' '));
  const words = personKey(asked).split(' ');
  return words[0] !== '' && words.every((word) => held.has(word));
}
