import type { Span } from '../../mail/span.js';

/** `Ines Fulmar (3):`, above as many titles as it says. */
const headPattern = /^\s{0,8}\p{L}[^:]{0,60} \((?<count>\d{1,4})\):\s*$/u;
const bulletPattern = /^\s*(?:[-*•+·]|\(?\d{1,3}[.)])\s/;

/**
 * The lines of the shortlogs that git puts into cover letters and pull requests: titles of patches below the name of who wrote them, which say
 * nothing that the patches do not say themselves. Known by their count: below `Name (3):` stand three indented titles, folded ones further in.
 */
export function shortlogLines(text: string, lines: readonly Span[]): ReadonlySet<Span> {
  const found = new Set<Span>();
  const words = ({ start, end }: Span): string => text.slice(start, Math.min(end, start + 200));
  for (const [at, head] of lines.entries()) {
    const count = Number(headPattern.exec(words(head))?.groups?.['count'] ?? 0);
    if (count === 0) continue;
    const below = lines.slice(at + 1);
    const end = below.findIndex((line) => indentOf(words(line)) <= indentOf(words(head)));
    const titles = end < 0 ? below : below.slice(0, end);
    if (titlesIn(titles.map(words)) === count) for (const line of [head, ...titles]) found.add(line);
  }
  return found;
}

/** How many lines stand no further in than the first; 0 where they are a list with bullets. */
function titlesIn(lines: readonly string[]): number {
  const [first = ''] = lines;
  if (bulletPattern.test(first)) return 0;
  return lines.filter((line) => indentOf(line) <= indentOf(first)).length;
}

/** -1 for a blank line, which ends a list of titles. */
function indentOf(line: string): number {
  return line.search(/\S/u);
}
