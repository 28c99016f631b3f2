import type { Block } from './block.js';
import type { Span } from './span.js';

/** Assignments, calls, indices, help, or one bare name. */
const CODE = /<-|\w\(|\w\[|\w\$\w|==|^\s*[\w.]+ = \S|^\s*[\w.]+\s*$|^\s*\?\w/u;

/**
 * Whether lines behind a `>` look like what somebody typed at a prompt (R's is a `>`) rather than like words of somebody else. Where no
 * message above holds them, they are the writer's own.
 */
export function looksTyped(text: string, block: Block): boolean {
  let code = 0;
  let filled = 0;
  for (const { start, end } of block.lines) {
    const line = text.slice(start, Math.min(end, start + 300));
    if (line.trim() === '') continue;
    filled++;
    if (CODE.test(line) && !isSentence(line)) code++;
  }
  return filled > 0 && code >= filled * 0.6;
}

function isSentence(line: string): boolean {
  const pieces = line.trim().split(/\s+/u);
  const plain = pieces.filter((piece) => /^[("']?\p{L}[\p{L}'’-]*[.,;:!?)"']{0,2}$/u.test(piece)).length;
  return plain >= 4 && plain >= pieces.length * 0.6;
}

/** What programs print: R's indices, its sign that a line goes on, columns. */
const PRINTED = /^\s*\[{1,2}\d{1,6}[\],]|^\+ +\S|^\s{2,}\S+ {2,}\S|\S {2,}\S+ {2,}\S/u;

/**
 * Whether such lines have right below them, one marker less deep, what a program prints: whoever shows that has typed them, whatever attribution
 * stands above. `next` is the block below.
 */
export function printsBelow(text: string, block: Block, next: Block | undefined): boolean {
  const [below] = next?.lines ?? [];
  if (below === undefined || next?.depth !== block.depth - 1) return false;
  return PRINTED.test(text.slice(below.start, Math.min(below.end, below.start + 300))) && looksTyped(text, block);
}

/** The whole lines of a block, prompts included, line ends not. */
export function wholeLines(text: string, block: Block): Span[] {
  return block.lines.map(({ start, end }) => ({
    start: Math.max(block.span.start, text.lastIndexOf('\n', start - 1) + 1),
    end,
  }));
}
