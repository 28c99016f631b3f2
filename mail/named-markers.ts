import type { Attribution } from './block.js';
import type { Labels } from './labels.js';
import { isEmptyLine, type Lines } from './lines.js';
import { nameKey } from './person.js';

/** An attribution, and the marker of the first line that it speaks of. */
interface Governor {
  readonly said: Attribution;
  marker: string | null;
}

/**
 * Quoted lines behind another kind of marker than the first that an attribution speaks of (`|` and `>`, `AL>` and `>`, one that is indented and
 * one that is not) are not of whom it names, nor are those behind a name that is another's: the writer's macros set them, somebody's prompt, or
 * a mail program that indents what the writer began with a marker (RFC 3676, 4.4). It is unclear whose they are.
 */
export function labelNamedMarkers(lines: Lines, labels: Labels): void {
  /** By the depth of what they speak of. */
  const governs: (Governor | undefined)[] = [];
  for (let i = 0; i < lines.count; i++) {
    const depth = labels.depth[i]!;
    const said = labels.said.get(i);
    if (said !== undefined) {
      const governed = labels.selfSaid.has(i) ? depth : depth + 1;
      governs.length = Math.min(governs.length, governed);
      governs[governed] = { said, marker: null };
    }
    const governor = governs[depth];
    if (governor === undefined || labels.kind[i] !== null || lines.marks[i] === 0 || isEmptyLine(lines, i)) continue;
    const marker = markerOf(lines, i);
    governor.marker ??= marker;
    const name = marker.trim();
    const other = marker !== governor.marker && !isBeside(lines, labels, i, governor.marker);
    if (other || (name.length > 1 && !fits(name, governor.said))) labels.unclear.add(i);
  }
}

/** Whether a line that differs in its indentation alone stands right beside one that has the marker: mail programs indent one of a quote's lines. */
function isBeside(lines: Lines, labels: Labels, i: number, marker: string): boolean {
  if (markerOf(lines, i).trim() !== marker.trim()) return false;
  return [i - 1, i + 1].some(
    (at) =>
      at >= 0 &&
      at < lines.count &&
      lines.marks[at]! > 0 &&
      labels.depth[at] === labels.depth[i] &&
      !isEmptyLine(lines, at) &&
      markerOf(lines, at) === marker,
  );
}

/**
 * The innermost marker of a line (its sign, or the name before it), behind the blanks that it is indented by. One blank between two markers is
 * no indentation: `> > ` and `>> ` are the same.
 */
function markerOf(lines: Lines, i: number): string {
  const head = lines.text.slice(lines.start[i]!, lines.content[i]!).trimEnd();
  const named = /[A-Za-z][\w-]{0,15}(?=>$)/u.exec(head);
  if (named !== null) return named[0];
  const outer = head.slice(0, -1).trimEnd();
  const blanks = head.slice(outer.length, -1);
  return (outer !== '' && /^[ ]?$/u.test(blanks) ? '' : blanks) + head.slice(-1);
}

/** Whether a name before a marker can be short for whom an attribution names: initials, parts of names in either order. */
function fits(marker: string, { name, address }: Attribution): boolean {
  const key = nameKey({ name, address, masked: null });
  const words = key.split(' ');
  const short = marker.toLowerCase();
  const orders = [words.join(''), [...words].reverse().join(''), (address ?? '').toLowerCase()];
  return orders.some((whole) => words.some((word) => word[0] === short[0]) && isWithin(short, whole));
}

/** Whether the letters of `short` stand in `whole` in their order. */
function isWithin(short: string, whole: string): boolean {
  let at = -1;
  return [...short].every((letter) => (at = whole.indexOf(letter, at + 1)) >= 0);
}
