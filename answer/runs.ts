import type { Span } from '../mail/span.js';
import type { Sentence } from './sentences.js';

/** Neighbouring sentences that may be quoted as one. */
export interface Run {
  /** Places of the first sentence, and behind the last one. */
  readonly from: number;
  readonly to: number;
  readonly first: Sentence;
  readonly last: Sentence;
}

/** Over paragraphs, a claim and what qualifies it; within one paragraph, as much as a quote holds: it was written to be read as a whole. */
const mostSentences = { over: 3, within: 6 };

/** All runs: nothing left out in between, no greeting at either end. */
export function* runsOf(sentences: readonly Sentence[]): Generator<Run> {
  for (const [from, first] of sentences.entries()) {
    if (first.kind === 'courtesy') continue;
    for (let to = from + 1; to <= Math.min(from + mostSentences.within, sentences.length); to += 1) {
      const last = sentences[to - 1];
      if (last === undefined || last.kind === 'courtesy' || (to - 1 > from && last.gapBefore)) break;
      if (to - from > mostSentences.over && last.paragraph !== first.paragraph) break;
      yield { from, to, first, last };
    }
  }
}

/** The lines between the first character of a run and its last. */
export function spansOf(lines: readonly Span[], { first, last }: Run): Span[] {
  return lines
    .filter((line) => line.end > first.start && line.start < last.end)
    .map((line) => ({ start: Math.max(line.start, first.start), end: Math.min(line.end, last.end) }));
}

export function apart(a: Run, b: Run): boolean {
  return a.to <= b.from || b.to <= a.from;
}
