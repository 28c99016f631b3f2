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
    if (labels.depth[i]! >= above || labels.kind[i] !== null || labels.kind[i - 1] !== null) continue;
    if (isEmptyLine(lines, i) || isEmptyLine(lines, i - 1)) continue;
    const end = tailEnd(lines, labels, i, above);
    for (let at = i; at < end; at++) labels.depth[at] = above;
    if (end > i) i = end - 1;
  }
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
  const before = lines.text.slice(Math.max(lines.content[i - 1]!, lines.end[i - 1]! - 60), lines.end[i - 1]!).trim();
  if (/[.?!:;]["')\]]?$/u.test(before)) return false;
  return /^[\p{Ll}\d(<"'/\\[]/u.test(words) || /[,(]$|\b(?:the|a|an|of|to|in|and|or|is|for|with)$/u.test(before);
}
