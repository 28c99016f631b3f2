import type { Span } from './span.js';

/** A text as a row of words: hashes to compare by, and where each stands in the text. */
export interface Words {
  readonly count: number;
  readonly hashes: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

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

/**
 * Cuts the spans of a text into words. Case, punctuation, white space and line borders do not count, nor do mail addresses, which
 * archives mask in their own ways; a quote marker that stands amid the words is punctuation. CJK is cut into characters.
 */
export function wordsIn(text: string, spans: readonly Span[]): Words {
  let length = 16;
  for (const { start, end } of spans) length += end - start;
  // Words of five letters and a blank, as text has them; CJK needs more.
  let row = new Int32Array(3 * Math.ceil(length / 6));
  let count = 0;
  for (const { start, end } of spans) {
    let chunk = count;
    for (let at = start; at < end;) {
      const code = text.charCodeAt(at);
      if (!isWordCode(code)) {
        if (code === 64 && isWordCode(text.charCodeAt(at - 1))) {
          count = chunk;
          at = addressEnd(text, at, end);
          continue;
        }
        if (code <= 32 || code === 60 || code === 40 || code === 160) chunk = count;
        at++;
        continue;
      }
      const from = at;
      let hash = -2128831035;
      if (isIdeograph(code)) hash = mix(hash, text.charCodeAt(at++));
      else
        for (let c = code; at < end && isWordCode(c) && !isIdeograph(c); c = text.charCodeAt(++at)) {
          hash = mix(hash, c >= 65 && c <= 90 ? c | 32 : c);
        }
      if (3 * count === row.length) row = doubled(row);
      row[3 * count] = hash;
      row[3 * count + 1] = from;
      row[3 * count + 2] = at;
      count++;
    }
  }
  return { count, hashes: column(row, count, 0), starts: column(row, count, 1), ends: column(row, count, 2) };
}

function doubled(row: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * row.length);
  longer.set(row);
  return longer;
}

function column(row: Int32Array, count: number, at: number): Int32Array {
  const values = new Int32Array(count);
  for (let i = 0; i < count; i++) values[i] = row[3 * i + at]!;
  return values;
}

/** Where an address that has its `@` at `at` ends. What stands before the `@` is part of it too. */
function addressEnd(text: string, at: number, end: number): number {
  let to = at + 1;
  while (to < end && text.charCodeAt(to) > 32 && text[to] !== '>' && text[to] !== ')') to++;
  return to;
}

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16777619);
}

function isWordCode(code: number): boolean {
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  return (
    code >= 0xc0 &&
    !(code >= 0x2000 && code <= 0x2bff) &&
    !(code >= 0x3000 && code <= 0x303f) &&
    !(code >= 0xff00 && code <= 0xff0f)
  );
}

function isIdeograph(code: number): boolean {
  return code >= 0x2e80 && code <= 0xd7af;
}

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
