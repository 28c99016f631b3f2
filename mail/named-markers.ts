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
 * Quoted lines behind another kind of marker than the first that an attribution speaks of (`|` and `>`, `AL>` and `>`) are not of whom it names,
 * nor are those behind a name that is another's: the writer's macros set them, or somebody's prompt. It is unclear whose they are.
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
    if (marker !== governor.marker || (marker.length > 1 && !fits(marker, governor.said))) labels.unclear.add(i);
  }
}

/** The innermost marker of a line: its sign, or the name before it. */
function markerOf(lines: Lines, i: number): string {
  const head = lines.text.slice(lines.start[i]!, lines.content[i]!).trimEnd();
  return /[A-Za-z][\w-]{0,15}(?=>$)/u.exec(head)?.[0] ?? head.slice(-1);
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
