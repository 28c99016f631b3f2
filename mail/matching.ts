import type { Span } from './span.js';
import { mix, wordsIn, type Words } from './word-row.js';

/** Words of a text that others may have quoted, indexed by every four in a row. */
export interface WordIndex {
  readonly words: Words;
  /** Where each row of four words is first found; `next` leads to the other places. */
  readonly first: ReadonlyMap<number, number>;
  readonly next: Int32Array;
}

/** A row of words that a quote and its source share: word numbers on both sides. */
export interface Run {
  readonly quote: number;
  readonly source: number;
  readonly length: number;
}

/** Shared rows shorter than this are chance. */
export const ROW = 4;
/** So many places of one row are tried. */
const MAX_PLACES = 8;
/** Two runs with no more words than this between them on either side are one passage that was slightly changed. */
const MAX_GAP = 4;

/** Indexes the words at `spans` of a text. */
export function indexWords(text: string, spans: readonly Span[]): WordIndex {
  const words = wordsIn(text, spans);
  const first = new Map<number, number>();
  const next = new Int32Array(words.count).fill(-1);
  for (let at = words.count - ROW; at >= 0; at--) {
    const key = rowHash(words, at);
    next[at] = first.get(key) ?? -1;
    first.set(key, at);
  }
  return { words, first, next };
}

function rowHash(words: Words, at: number): number {
  let hash = 0;
  for (let i = 0; i < ROW; i++) hash = mix(hash, words.hashes[at + i]!) ^ (hash >>> 15);
  return hash;
}

/** The runs of words that `quote` shares with a source, in the quote's order. Linear in the quote for all but contrived texts. */
export function sharedRuns(quote: Words, source: WordIndex): Run[] {
  if (quote.count < ROW) return wholeShort(quote, source.words);
  const runs: Run[] = [];
  for (let at = 0; at + ROW <= quote.count;) {
    const run = longestRun(quote, at, source, runs.at(-1));
    if (run === null) at++;
    else {
      runs.push(run);
      at = run.quote + run.length;
    }
  }
  return joined(runs);
}

/** A quote of fewer words than a row is found only whole. */
function wholeShort(quote: Words, source: Words): Run[] {
  if (quote.count === 0) return [];
  for (let at = 0; at + quote.count <= source.count; at++) {
    let same = 0;
    while (same < quote.count && source.hashes[at + same] === quote.hashes[same]) same++;
    if (same === quote.count) return [{ quote: 0, source: at, length: same }];
  }
  return [];
}

function longestRun(quote: Words, at: number, source: WordIndex, before: Run | undefined): Run | null {
  let best: Run | null = null;
  let place = source.first.get(rowHash(quote, at)) ?? -1;
  const expected = before === undefined ? -1 : before.source + before.length;
  for (let tries = 0; place >= 0 && tries < MAX_PLACES; tries++, place = source.next[place]!) {
    const run = grown(quote, at, source.words, place, before === undefined ? 0 : before.quote + before.length);
    if (run.length < ROW) continue;
    const better =
      best === null ||
      run.length > best.length ||
      (run.length === best.length && best.source < expected && run.source >= expected);
    if (better) best = run;
  }
  return best;
}

/** Extends a shared row both ways, back no further than word `floor` of the quote. */
function grown(quote: Words, at: number, source: Words, place: number, floor: number): Run {
  let length = 0;
  while (
    at + length < quote.count &&
    place + length < source.count &&
    quote.hashes[at + length] === source.hashes[place + length]
  )
    length++;
  let back = 0;
  while (at - back > floor && place - back > 0 && quote.hashes[at - back - 1] === source.hashes[place - back - 1])
    back++;
  return { quote: at - back, source: place - back, length: length + back };
}

function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const gap = last === undefined ? Infinity : run.quote - last.quote - last.length;
    const sourceGap = last === undefined ? Infinity : run.source - last.source - last.length;
    if (last !== undefined && gap <= MAX_GAP && sourceGap >= 0 && sourceGap <= MAX_GAP) {
      out[out.length - 1] = { quote: last.quote, source: last.source, length: run.source + run.length - last.source };
    } else out.push(run);
  }
  return out;
}

/** The share of the quote's words that the runs hold. */
export function coverage(quote: Words, runs: readonly Run[]): number {
  if (quote.count === 0) return 0;
  let covered = 0;
  for (const run of runs) covered += Math.min(run.length, quote.count - run.quote);
  return Math.min(1, covered / quote.count);
}

/** Whether a run of at least `fewest` words of a quote is sentences, not code, tables or logs: most of what blanks part is plain words. */
export function isProse(text: string, words: Words, run: Run, fewest: number): boolean {
  if (run.length < fewest) return false;
  const last = Math.min(words.count, run.quote + run.length) - 1;
  const pieces = text.slice(words.starts[run.quote], words.ends[last]).slice(0, 4000).split(/\s+/u);
  const plain = pieces.filter((piece) => /^["'(“‘*_]{0,2}\p{L}[\p{L}'’-]*[.,;:!?)"'”’*_]{0,3}$/u.test(piece)).length;
  return plain >= fewest * 0.75 && plain >= pieces.length * 0.7;
}
