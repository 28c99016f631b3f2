import type { Span } from '../../mail/span.js';
import { markerLength, segmentsOf, type Segment, type SegmentKind } from './segments.js';

/** The least that is quoted as a whole: a sentence, or lines of code. From its first to its last character, markers and blanks left out. */
export interface Sentence extends Span {
  readonly kind: SegmentKind;
  /** Sentences of one paragraph, list item or piece of code share a number. */
  readonly paragraph: number;
  /** Whether its paragraph is an item of a list. */
  readonly item: boolean;
  /** Words were left out before it: it must not be quoted together with the sentence before. */
  readonly gapBefore: boolean;
}

/** Longer sentences, and code, are cut where they can be: more than this is not quoted in one piece. */
const longest = 500;

/**
 * Splits lines of a text into sentences: over line ends within a paragraph, never over blank lines, list items or code. `lines` are in
 * order, without line ends. Every character of `lines` that is neither blank nor a list marker is in exactly one sentence.
 */
export function sentencesOf(text: string, lines: readonly Span[]): Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = -1;
  for (const segment of segmentsOf(text, lines)) {
    paragraph += 1;
    const pieces = segment.kind === 'code' ? codePieces(segment.lines) : prosePieces(text, segment);
    const trimmed = pieces.map((piece) => trim(text, piece)).filter((piece) => piece.end > piece.start);
    trimmed.forEach((piece, place) => {
      const { kind, item, gapBefore } = segment;
      sentences.push({ ...piece, kind, paragraph, item, gapBefore: gapBefore && place === 0 });
    });
  }
  return sentences;
}

function trim(text: string, { start, end }: Span): Span {
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}

/** Whole lines, as many as fit into a quote. */
function codePieces(lines: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last !== undefined && line.end - last.start <= longest)
      pieces[pieces.length - 1] = { start: last.start, end: line.end };
    else pieces.push(line);
  }
  return pieces;
}

/** The lines of a segment joined by newlines, with the way back from a place in the joined text to the message's text. */
function prosePieces(text: string, segment: Segment): Span[] {
  const first = segment.lines[0];
  if (first === undefined) return [];
  const marker = markerLength(text.slice(first.start, first.end));
  const lines = [{ start: first.start + marker, end: first.end }, ...segment.lines.slice(1)];
  const joined = lines.map(({ start, end }) => text.slice(start, end)).join('\n');
  const back = placesOf(lines);
  const pieces: Span[] = [];
  let start = 0;
  for (const end of [...sentenceEnds(joined), joined.length]) {
    for (const piece of shortened(joined, { start, end }))
      pieces.push({ start: back(piece.start), end: back(piece.end - 1) + 1 });
    start = end;
  }
  return pieces;
}

/** From a place in the joined text to the message's text. Asked in rising order. */
function placesOf(lines: readonly Span[]): (place: number) => number {
  let line = 0;
  let begins = 0;
  return (place) => {
    for (let at = lines[line]; at !== undefined && place > begins + at.end - at.start; at = lines[line]) {
      begins += at.end - at.start + 1;
      line += 1;
    }
    return (lines[line]?.start ?? 0) + place - begins;
  };
}

/** A sentence that is too long for a quote is cut behind semicolons, else behind line ends: rare, and better than not quoting it. */
function shortened(joined: string, span: Span): Span[] {
  if (span.end <= span.start) return [];
  const pieces: Span[] = [];
  let { start } = span;
  while (span.end - start > longest) {
    const room = joined.slice(start, start + longest);
    const cut = Math.max(room.lastIndexOf('; ') + 1, room.lastIndexOf(';\n') + 1) || room.lastIndexOf('\n') + 1;
    if (cut < 1) break;
    pieces.push({ start, end: start + cut });
    start += cut;
  }
  return [...pieces, { start, end: span.end }];
}

const endPattern = /(?:[.!?]{1,10}|…)["'”’)\]*_]{0,4}(?=\s)/g;
const abbreviations = new Set(
  `e.g i.e eg ie cf vs etc al approx aka ca resp incl excl max min dept no nr fig figs sec eq vol ed eds pp mr mrs ms dr prof st jr sr
  inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ver rev wrt btw esp`.split(
    /\s+/,
  ),
);
/** These stand at the end of a sentence as well. */
const closingAbbreviations = new Set([
  'etc',
  'al',
  'inc',
  'ltd',
  'co',
  'corp',
  'jr',
  'sr',
  'no',
  'max',
  'min',
  'sun',
  'sat',
  'st',
]);

/** Places in a paragraph behind which a sentence ends, the last one left out. */
function sentenceEnds(paragraph: string): number[] {
  const ends: number[] = [];
  for (const match of paragraph.matchAll(endPattern)) {
    const end = match.index + match[0].length;
    if (endsSentence(paragraph, match.index, end)) ends.push(end);
  }
  return ends;
}

function endsSentence(paragraph: string, at: number, end: number): boolean {
  const stop = paragraph.slice(at, end);
  const next = /^\s+["'“‘(*_[]*(\S?)/.exec(paragraph.slice(end, end + 80))?.[1] ?? '';
  if (next === '') return true;
  const lower = /\p{Ll}/u.test(next);
  // "...", "?" and a full stop inside quotation marks may stand within a sentence; a small letter behind tells.
  if (/^(?:\.{2,}|…)/.test(stop) || /["'”’)\]]$/.test(stop)) return !lower;
  if (!stop.startsWith('.')) return !/^[-,;:)]/.test(next);
  const word = /[^\s("'“‘[]*$/.exec(paragraph.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  const plain = word.toLowerCase();
  if (abbreviations.has(plain)) return !lower && closingAbbreviations.has(plain) && /\p{Lu}/u.test(next);
  if (/^\p{L}(?:\.\p{L})+$/u.test(word)) return false;
  if (/^\p{L}$/u.test(word)) return word === 'I';
  if (/^\d+$/.test(word)) return !lower;
  // Many write without capitals: `i think so. we should …` is two sentences.
  return !/^[,;:)]/.test(next);
}
