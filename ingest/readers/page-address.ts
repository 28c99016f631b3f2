/** Where pages say which URL they show: browsers write the comment when they save a page. All stand near the top. */
const ADDRESSES: readonly RegExp[] = [
  /<!-- saved from url=\(\d{1,6}\)(https?:\/\/[^\s"'<>]{1,2000}) -->/i,
  /<link\b[^<>]{0,200}\brel=["']?canonical["']?[^<>]{0,200}\bhref=["'](https?:\/\/[^\s"'<>]{1,2000})["']/i,
  /<link\b[^<>]{0,200}\bhref=["'](https?:\/\/[^\s"'<>]{1,2000})["'][^<>]{0,200}\brel=["']?canonical["']?/i,
];

/** The URL of the page itself where the page says it (saved-from comment, canonical link); null where it does not. */
export function pageAddress(html: string): string | null {
  const head = html.slice(0, 8192);
  for (const address of ADDRESSES) {
    const found = address.exec(head)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** The name of the list where neither the page nor the user gives one: the file's, or its folder's where pages are numbered. */
export function listFromPath(path: string): string {
  const names = path.split(/[/\\]/).map((name) => name.replace(/\.(?:html?|txt|gz)\b/gi, '').replace(/\s+/g, '-'));
  const telling = names.reverse().find((name) => /\p{L}/u.test(name) && !/^(?:msg)?\d/.test(name));
  return telling ?? (names.find((name) => name !== '') || 'unknown');
}
