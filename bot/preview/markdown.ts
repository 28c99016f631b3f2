/**
 * Discord's Markdown as HTML, as much of it as a message can use against its reader or the bot uses itself: also what the tests hold against archive
 * text, which must come out of it as text alone. Rules, and their order, as Discord's client has them: blocks (fences, quotes, headings, lists,
 * subtext) at the beginning of a line; within a line escapes first.
 */
export function renderMarkdown(markdown: string): string {
  return blocks(markdown.split('\n'));
}

function blocks(lines: readonly string[]): string {
  const out: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const [html, next] = blockAt(lines, at, line);
    out.push(html);
    at = next;
  }
  return out.join('');
}

function blockAt(lines: readonly string[], at: number, line: string): [html: string, next: number] {
  const rest = lines.slice(at);
  if (line.startsWith('```')) {
    const end = rest.findIndex((each, place) => place > 0 && each.startsWith('```'));
    if (end > 0) return [`<pre>${text(rest.slice(1, end).join('\n'))}</pre>`, at + end + 1];
  }
  if (line.startsWith('>>> ')) return [quote([line.slice(4), ...rest.slice(1)]), lines.length];
  if (line.startsWith('> ') || line === '>') {
    const quoted = rest.slice(
      0,
      lengthWhile(rest, (each) => each.startsWith('> ') || each === '>'),
    );
    return [quote(quoted.map((each) => each.slice(2))), at + quoted.length];
  }
  const heading = /^(#{1,3}) +(\S.*)$/u.exec(line);
  if (heading !== null)
    return [`<h${heading[1]?.length ?? 1}>${inline(heading[2] ?? '')}</h${heading[1]?.length ?? 1}>`, at + 1];
  if (line.startsWith('-# ')) return [`<small>${inline(line.slice(3))}</small>`, at + 1];
  const item = /^ *(?:[-*]|\d+\.) +(\S.*)$/u.exec(line);
  if (item !== null) return [`<div class="item">${inline(item[1] ?? '')}</div>`, at + 1];
  return [`<div class="line">${inline(line)}</div>`, at + 1];
}

function quote(lines: readonly string[]): string {
  return `<blockquote>${blocks(lines)}</blockquote>`;
}

function lengthWhile(lines: readonly string[], holds: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !holds(line));
  return end < 0 ? lines.length : end;
}

/** Each rule is tried at the place that the text has come to; the first that fits takes its part. */
const rules: readonly (readonly [pattern: RegExp, html: (groups: readonly string[]) => string])[] = [
  [/\\([^0-9A-Za-z\s])/uy, ([, mark = '']) => text(mark)],
  [/(`+)([\s\S]*?[^`])\1(?!`)/uy, ([, , code = '']) => `<code>${text(code)}</code>`],
  [
    /\[([^\][]*)\]\((<?)(https?:\/\/[^\s<>()]+)>?\)/uy,
    ([, label = '', , url = '']) => `<a href="${text(url)}">${inline(label)}</a>`,
  ],
  [/<t:(-?\d+)(?::[a-zA-Z])?>/uy, () => '<time>a few minutes ago</time>'],
  [/<(@[!&]?|#)\d+>/uy, ([, kind = '']) => `<b class="mention">${kind === '#' ? '#channel' : '@threadlore'}</b>`],
  [/@(?:everyone|here)\b/uy, ([all = '']) => `<b class="mention">${text(all)}</b>`],
  [/<a?:\w+:\d+>|<\/[\w -]+:\d+>/uy, ([all = '']) => `<b class="mention">${text(all)}</b>`],
  [/<?(https?:\/\/[^\s<>]+)>?/uy, ([, url = '']) => `<a href="${text(url)}">${text(url)}</a>`],
  [/(?:www\.|discord\.gg\/)[^\s<>]+/uy, ([url = '']) => `<a href="${text(url)}">${text(url)}</a>`],
  [/:\w{2,}:/uy, ([name = '']) => `<i class="emoji">${text(name)}</i>`],
  [/\*\*\*([\s\S]+?)\*\*\*/uy, ([, words = '']) => `<b><i>${inline(words)}</i></b>`],
  [/\*\*([\s\S]+?)\*\*(?!\*)/uy, ([, words = '']) => `<b>${inline(words)}</b>`],
  [/__([\s\S]+?)__(?!_)/uy, ([, words = '']) => `<u>${inline(words)}</u>`],
  [/~~([\s\S]+?)~~/uy, ([, words = '']) => `<s>${inline(words)}</s>`],
  [/\|\|([\s\S]+?)\|\|/uy, ([, words = '']) => `<span class="spoiler">${inline(words)}</span>`],
  [/\*(?=\S)([\s\S]*?\S)\*(?!\*)/uy, ([, words = '']) => `<i>${inline(words)}</i>`],
  [/\b_([\s\S]+?)_\b/uy, ([, words = '']) => `<i>${inline(words)}</i>`],
];

function inline(markdown: string): string {
  let html = '';
  let at = 0;
  while (at < markdown.length) {
    const taken = takeAt(markdown, at);
    html += taken === null ? text(characterAt(markdown, at)) : taken.html;
    at += taken === null ? characterAt(markdown, at).length : taken.length;
  }
  return html;
}

function takeAt(markdown: string, at: number): { readonly html: string; readonly length: number } | null {
  for (const [pattern, html] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(markdown);
    if (match !== null) return { html: html(match), length: match[0].length };
  }
  return null;
}

function characterAt(markdown: string, at: number): string {
  return String.fromCodePoint(markdown.codePointAt(at) ?? 0);
}

/** Text for HTML. */
export function text(plain: string): string {
  return plain.replace(/[&<>"']/gu, (mark) => `&#${mark.charCodeAt(0)};`);
}
