/** What stands in double quotes is meant letter by letter. */
const QUOTED = /(["“„][^"“”„]{2,200}["”])/u;
/** A word with the marks inside it that names in programs, paths, versions and addresses have. */
const CHUNK = /[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_./@:+'’-]*[\p{L}\p{M}\p{N}_])?/gu;
/** A digit, an inner mark other than hyphen and apostrophe, or an inner capital makes a chunk a name in a program. */
const NAMED = /[^\p{L}\p{M}'’-]|\p{Ll}\p{Lu}/u;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * A text with each of its plain words changed: not the names in programs, paths, versions and addresses, nor what stands in double quotes. `change`
 * is told whether the word begins the text.
 */
export function changedWords(text: string, change: (word: string, begins: boolean) => string): string {
  const first = /[\p{L}\p{M}\p{N}]/u.exec(text)?.index ?? 0;
  let at = 0;
  return text
    .split(QUOTED)
    .map((part, place) => {
      const from = at;
      at += part.length;
      return place % 2 === 1 ? part : part.replace(CHUNK, (chunk, where: number) => plain(chunk, from + where));
    })
    .join('');

  function plain(chunk: string, start: number): string {
    if (NAMED.test(chunk)) return chunk;
    return chunk.replace(WORD, (word, where: number) => change(word, start + where === first));
  }
}
