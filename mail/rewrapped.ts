import type { Labels } from './labels.js';
import { isEmptyLine, lineLength, wordsOf, type Lines } from './lines.js';

/** Narrower than this no mail program wraps. */
const NARROWEST_WRAP = 64;
/** A paragraph that was one long line may have been wrapped into so many. */
const MAX_TAIL = 40;

/**
 * Puts back the markers that lines lost when quoted lines were rewrapped. The first part of a long line keeps them all, the rest stands
 * with fewer or none:
 *
 *     > >> a line that was too long for the program that quoted it, and
 *     > was wrapped
 *
 * It is such a rest when every line break in it is one that wrapping makes (the next word would not have fitted), the line above stops
 * in mid-sentence, and the quote goes on below.
 */
export function restoreMarkers(lines: Lines, labels: Labels): void {
  for (let i = 1; i < lines.count; i++) {
    const above = labels.depth[i - 1]!;
    if (opensSentence(lines, labels, i)) labels.depth[i] = labels.depth[i + 1]!;
    if (labels.depth[i]! >= above || labels.kind[i] !== null || labels.kind[i - 1] !== null) continue;
    if (isEmptyLine(lines, i) || isEmptyLine(lines, i - 1)) continue;
    const end = tailEnd(lines, labels, i, above);
    for (let at = i; at < end; at++) labels.depth[at] = above;
    if (end > i) i = end - 1;
    else if (labels.depth[i]! > 0 && mayBeRest(lines, labels, i)) labels.unclear.add(i);
  }
}

/** No program wraps its lines further out. */
const WIDEST_WRAP = 100;

/**
 * Whether an unmarked line that stands alone is the beginning of a sentence that goes on in the quote right below it: some programs lose the
 * marker of a quoted paragraph's first line.
 */
function opensSentence(lines: Lines, labels: Labels, i: number): boolean {
  if (labels.depth[i] !== 0 || labels.kind[i] !== null || i + 1 >= lines.count || labels.depth[i + 1] === 0)
    return false;
  const own = labels.depth[i - 1] === 0 && labels.kind[i - 1] === null && !isEmptyLine(lines, i - 1);
  if (own || isEmptyLine(lines, i) || labels.kind[i + 1] !== null || !isWrap(lines, i + 1)) return false;
  if (lineLength(lines, i) > WIDEST_WRAP || /[.?!:;,…]["')\]]?$/u.test(endOf(lines, i))) return false;
  const [first, next] = [wordsOf(lines, i), wordsOf(lines, i + 1)];
  return /^\s?\p{Ll}/u.test(next) && !first.startsWith('>') && isSpoken(first, 5) && isSpoken(next, 2);
}

/** Whether most of a line is words, and so many of them: logs and commands are not. */
function isSpoken(line: string, least: number): boolean {
  const pieces = line.trim().split(/\s+/u);
  const plain = pieces.filter((piece) => /^[("'“]?\p{L}[\p{L}'’-]*[.,;:!?)"'”]{0,2}$/u.test(piece)).length;
  return plain >= least && plain * 10 >= pieces.length * 6;
}

/**
 * Whether a quoted line that goes on where a deeper one was wrapped, with the deeper quote right below it, may be a rest of that: names and
 * logs go on without what `breaksSentence` looks for. It is unclear whose it is.
 */
function mayBeRest(lines: Lines, labels: Labels, i: number): boolean {
  if (i + 1 >= lines.count || labels.depth[i + 1]! <= labels.depth[i]! || !isWrap(lines, i)) return false;
  return !/[.?!]["')\]]?$/u.test(endOf(lines, i - 1));
}

/** The line after the rest that begins at line `from`; `from` itself where there is none. */
function tailEnd(lines: Lines, labels: Labels, from: number, above: number): number {
  if (!breaksSentence(lines, from) || !isWrap(lines, from)) return from;
  const depth = labels.depth[from]!;
  let end = from + 1;
  while (end < lines.count && end < from + MAX_TAIL && labels.depth[end] === depth && !isEmptyLine(lines, end)) {
    if (labels.kind[end] !== null || !isWrap(lines, end)) return from;
    end++;
  }
  if (end >= lines.count) return from;
  const goesOn = labels.depth[end]! > depth || lines.marks[end]! > depth;
  if (depth > 0) return goesOn || isEmptyLine(lines, end) ? end : from;
  // Without any marker the lines could be the writer's own: the quote must go on at once.
  return goesOn && (labels.depth[end] === above || isEmptyLine(lines, end)) ? end : from;
}

/** Whether the first word of line `i` would not have fitted on the line above. */
function isWrap(lines: Lines, i: number): boolean {
  const first = wordsOf(lines, i).trim().split(/\s/u, 1)[0]!.length;
  return lineLength(lines, i - 1) + 1 + first > NARROWEST_WRAP;
}

/** Whether the words of line `i` go on with a sentence that the line above began. */
function breaksSentence(lines: Lines, i: number): boolean {
  const words = wordsOf(lines, i).trim();
  if (/^(?:[-*+#|]|\d+[.)]\s)/u.test(words)) return false;
  const before = endOf(lines, i - 1);
  if (/[.?!:;]["')\]]?$/u.test(before)) return false;
  return /^[\p{Ll}\d(<"'/\\[]/u.test(words) || /[,(]$|\b(?:the|a|an|of|to|in|and|or|is|for|with)$/u.test(before);
}

function endOf(lines: Lines, i: number): string {
  return lines.text.slice(Math.max(lines.content[i]!, lines.end[i]! - 60), lines.end[i]!).trim();
}
