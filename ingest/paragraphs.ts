import type { Span } from '../mail/span.js';

/** Words between whitespace; a run without any (base64, a URL) counts as one word for every 24 code units, so that junk cannot hide in one word. */
export interface Stretch {
  readonly spans: readonly Span[];
  readonly words: number;
}

const LONG_WORD = 24;
/** A line is cut where it grows past this: HTML mail and format=flowed give whole paragraphs as one line. */
const LINE_WORDS = 150;

export function countWords(text: string): number {
  let words = 0;
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 32;
    if (isSpace(code)) {
      if (length > 0) words += Math.ceil(length / LONG_WORD);
      length = 0;
    } else length++;
  }
  return words;
}

/** The first `limit` words of `text`, whitespace collapsed. */
export function firstWords(text: string, limit: number): string {
  const words = text.slice(0, limit * 4 * LONG_WORD).match(/\S+/g) ?? [];
  return words.slice(0, limit).join(' ');
}

/** The last `limit` words of `text`, whitespace collapsed. */
export function lastWords(text: string, limit: number): string {
  const words = text.slice(-limit * 4 * LONG_WORD).match(/\S+/g) ?? [];
  return words.slice(-limit).join(' ');
}

/** Paragraphs of consecutive lines: a blank line, or a break that the caller marks with `null`, ends one. */
export function paragraphsOf(text: string, lines: readonly (Span | null)[]): Stretch[] {
  const paragraphs: Stretch[] = [];
  let open: Stretch[] = [];
  const close = (): void => {
    if (open.length > 0) paragraphs.push(...splitLong(open, text).map((pieces) => joined(text, pieces)));
    open = [];
  };
  for (const line of lines) {
    const pieces = line === null ? [] : piecesOf(text, line);
    if (pieces.length === 0) close();
    else for (const piece of pieces) open.push(piece);
  }
  close();
  return paragraphs;
}

/** Gathers paragraphs until another one would make more than `most` words; a last one below `few` joins the one before it. */
export function packed(paragraphs: readonly Stretch[], most: number, few: number): Stretch[] {
  const packs: Stretch[] = [];
  for (const paragraph of paragraphs) {
    const last = packs.at(-1);
    if (last !== undefined && last.words + paragraph.words <= most) packs[packs.length - 1] = merged(last, paragraph);
    else packs.push(paragraph);
  }
  const [before, tail] = packs.slice(-2);
  if (before === undefined || tail === undefined || tail.words >= few) return packs;
  return before.words + tail.words <= most + few ? [...packs.slice(0, -2), merged(before, tail)] : packs;
}

function merged(a: Stretch, b: Stretch): Stretch {
  return { spans: [...a.spans, ...b.spans], words: a.words + b.words };
}

/** A line as one piece, or cut behind sentences (else words, else code units) where it is long. Blank lines give none. */
function piecesOf(text: string, line: Span): Stretch[] {
  let { start, end } = line;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  if (start === end) return [];
  if (end - start < LINE_WORDS)
    return [{ spans: [{ start: line.start, end }], words: countWords(text.slice(start, end)) }];
  const pieces: Stretch[] = [];
  let from = line.start;
  while (from < end) {
    const to = cutWithin(text, from, end);
    const words = countWords(text.slice(from, to));
    if (words > 0) pieces.push({ spans: [{ start: from, end: to }], words });
    from = to;
    while (from < end && isSpace(text.charCodeAt(from))) from++;
  }
  return pieces;
}

/** Where a piece of at most `LINE_WORDS` words that begins at `from` ends: behind a sentence in its second half, else behind a word. */
function cutWithin(text: string, from: number, end: number): number {
  let words = 0;
  let wordStart = -1;
  let sentence = -1;
  for (let at = from; at < end; at++) {
    if (isSpace(text.charCodeAt(at))) {
      if (wordStart < 0) continue;
      words += Math.ceil((at - wordStart) / LONG_WORD);
      wordStart = -1;
      if (words > LINE_WORDS / 2 && '.!?:'.includes(text.charAt(at - 1))) sentence = at;
      if (words >= LINE_WORDS) return sentence > 0 ? sentence : at;
    } else {
      if (wordStart < 0) wordStart = at;
      if (words + (at - wordStart) / LONG_WORD >= LINE_WORDS && at - wordStart > LONG_WORD)
        return wholeCodePoint(text, at);
    }
  }
  return end;
}

function wholeCodePoint(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** Lists of at most about `LINE_WORDS` words each, cut behind a line that ends a sentence where the second half has one. */
function splitLong(pieces: readonly Stretch[], text: string): Stretch[][] {
  const lists: Stretch[][] = [];
  let open: Stretch[] = [];
  let words = 0;
  let sentence = 0;
  for (const piece of pieces) {
    if (words > 0 && words + piece.words > LINE_WORDS) {
      const at = sentence > 0 ? sentence : open.length;
      lists.push(open.slice(0, at));
      open = open.slice(at);
      words = open.reduce((sum, kept) => sum + kept.words, 0);
      sentence = 0;
    }
    open.push(piece);
    words += piece.words;
    if (words > LINE_WORDS / 2 && endsSentence(text, piece)) sentence = open.length;
  }
  return open.length > 0 ? [...lists, open] : lists;
}

function endsSentence(text: string, { spans }: Stretch): boolean {
  return '.!?:'.includes(text.charAt((spans.at(-1)?.end ?? 0) - 1));
}

/** One stretch of all pieces; spans with nothing but one line end or blanks between them become one. */
function joined(text: string, pieces: readonly Stretch[]): Stretch {
  const spans: { start: number; end: number }[] = [];
  let words = 0;
  for (const piece of pieces) {
    words += piece.words;
    for (const span of piece.spans) {
      const last = spans.at(-1);
      if (last !== undefined && isJoint(text, last.end, span.start)) last.end = span.end;
      else spans.push({ ...span });
    }
  }
  return { spans, words };
}

function isJoint(text: string, from: number, to: number): boolean {
  if (to < from || to - from > 8) return false;
  for (let at = from; at < to; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}
