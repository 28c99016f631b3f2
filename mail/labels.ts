import type { Attribution, BlockKind } from './block.js';
import { isEmptyLine, type Lines } from './lines.js';

/** What has been found out about each line so far. Passes fill it in; what no pass claims is prose, or quote below depth 0. */
export interface Labels {
  readonly depth: Int32Array;
  readonly kind: (BlockKind | null)[];
  /** What an attribution says, by its first line. */
  readonly said: Map<number, Attribution>;
  /** First lines of attributions that name the writer of the message itself and govern no quote (a patch's in-body `From:`). */
  readonly selfSaid: Set<number>;
  /** Quoted lines of which it is unclear who wrote them, whatever attribution stands above. */
  readonly unclear: Set<number>;
}

/** Labels before any pass: the depth is what the markers say. */
export function emptyLabels(lines: Lines): Labels {
  return {
    depth: Int32Array.from(lines.marks),
    kind: new Array<BlockKind | null>(lines.count).fill(null),
    said: new Map(),
    selfSaid: new Set(),
    unclear: new Set(),
  };
}

/** The next line at or after `i` that has words; `lines.count` where there is none. */
export function nextFilled(lines: Lines, i: number): number {
  let at = i;
  while (at < lines.count && isEmptyLine(lines, at)) at++;
  return at;
}

/** Claims lines `from` (included) to `to` (excluded) as one kind. */
export function claim(labels: Labels, from: number, to: number, kind: BlockKind): void {
  for (let i = from; i < to; i++) labels.kind[i] = kind;
}
