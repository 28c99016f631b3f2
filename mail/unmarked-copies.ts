import type { QuoteSource } from './block.js';
import { isProse, sharedRuns, type Run } from './matching.js';
import type { Message } from './message.js';
import { samePerson } from './person.js';
import { ownSource, sourceSpans } from './quote-source.js';
import type { Span } from './span.js';
import { wordsIn, type Words } from './word-row.js';

/** So many words in a row are no chance. */
const FEWEST_WORDS = 12;
/** Copies come from what is answered: nearest first, no further up than this. */
const FARTHEST = 12;

/**
 * Finds prose of a message that repeats, word for word, what somebody else wrote in a message above it: pasted without markers, or quoted
 * by a program that sets none. Those lines are nobody's but the earlier author's. Code and logs that both show are left alone.
 * `[index into message.blocks, source]`, the source with the lines in `unmarked`.
 */
export function unmarkedCopies(message: Message, ancestors: readonly Message[]): (readonly [number, QuoteSource])[] {
  if (ancestors.length === 0) return [];
  const prose = message.blocks.flatMap((block, at) => (block.kind === 'prose' && block.depth === 0 ? [at] : []));
  const lines = prose.flatMap((at) => message.blocks[at]!.lines);
  const words = wordsIn(message.text, lines);
  if (words.count < FEWEST_WORDS) return [];
  const claimed = new Uint8Array(lines.length);
  const copies: (readonly [number, QuoteSource])[] = [];
  for (const ancestor of ancestors.slice(0, FARTHEST)) {
    const runs = sharedRuns(words, ownSource(ancestor).index).filter((run) =>
      isProse(message.text, words, run, FEWEST_WORDS),
    );
    if (runs.length === 0 || samePerson(message.from, ancestor.from) !== 'no') continue;
    const copied = linesWithin(lines, words, runs, claimed);
    if (copied.size === 0) continue;
    const spans = sourceSpans(ancestor, runs);
    for (const at of prose) {
      const unmarked = message.blocks[at]!.lines.filter((line) => copied.has(line));
      if (unmarked.length > 0) copies.push([at, { kind: 'message', messageId: ancestor.messageId, spans, unmarked }]);
    }
  }
  return copies;
}

/** The lines of which most words stand in the runs. Each line is claimed once. */
function linesWithin(
  lines: readonly Span[],
  words: Words,
  runs: readonly Run[],
  claimed: Uint8Array,
): ReadonlySet<Span> {
  const copied = new Set<Span>();
  let word = 0;
  let run = 0;
  lines.forEach((line, at) => {
    let all = 0;
    let within = 0;
    for (; word < words.count && words.starts[word]! < line.end; word++) {
      while (run < runs.length && word >= runs[run]!.quote + runs[run]!.length) run++;
      all++;
      if (run < runs.length && word >= runs[run]!.quote) within++;
    }
    if (within * 2 < all || within === 0 || claimed[at] === 1) return;
    claimed[at] = 1;
    copied.add(line);
  });
  return copied;
}
