import type { Span } from './span.js';

/** A text as a row of words: hashes to compare by, and where each stands in the text. */
export interface Words {
  readonly count: number;
  readonly hashes: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

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

/** A step of FNV-1a: the hash with one more code in it. */
export function mix(hash: number, code: number): number {
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
