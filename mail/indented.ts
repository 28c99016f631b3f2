import { isElision } from './elision.js';
import { headerField, isDivider } from './header-words.js';
import { nextFilled, type Labels } from './labels.js';
import { indentOf, isEmptyLine, wordsOf, type Lines } from './lines.js';

/** Quoted lines that are told by their indentation, as those are that a program made of HTML's blockquotes. */
interface Indented {
  /** The markers before its lines; fewer end it. */
  readonly marks: number;
  /** A paragraph further out than this ends it. */
  readonly indent: number;
  /** How much deeper its lines are than the passes before this one say. */
  readonly push: 0 | 1;
}

/**
 * Reads indentation as quoting, below attributions that no marker tells what they speak of:
 *
 *     > Ann's words.
 *     >
 *     >     On Mar 3, Bo wrote:
 *     >
 *     >     Bo's words.
 *     >
 *     > Ann's again.
 *
 * Where it tells nothing either, it is unclear who says what: the writer of the outer mail may stand between the lines of the inner one.
 */
export function labelIndentedQuotes(lines: Lines, labels: Labels): void {
  const open: Indented[] = [];
  let unclear = -1;
  let before = -1;
  for (let i = 0; i < lines.count; i++) {
    const marks = lines.marks[i]!;
    const raw = labels.depth[i]!;
    if (!isEmptyLine(lines, i)) {
      const indent = indentOf(lines, i);
      const begins = before < i - 1 || lines.marks[before] !== marks || labels.kind[before] === 'attribution';
      for (let top = open.at(-1); top !== undefined && isOver(top); top = open.at(-1)) {
        open.pop();
        // What the passes before this one set deeper for good belongs to somebody further out: to whom, they do not say.
        if (top.push === 0 && top.marks === marks) unclear = marks;
      }
      if (marks < unclear) unclear = -1;
      function isOver(top: Indented): boolean {
        return marks < top.marks || (marks === top.marks && begins && indent < top.indent);
      }
    }
    const push = open.reduce((sum, one) => sum + one.push, 0);
    labels.depth[i] = raw + push;
    if (labels.said.has(i) && !labels.selfSaid.has(i)) {
      const found = belowAttribution(lines, labels, { at: i, raw, before, outer: open.at(-1) });
      if (found === 'own level') labels.selfSaid.add(i);
      if (found === 'unclear') unclear = marks;
      else if (marks === unclear) unclear = -1;
      if (typeof found === 'object' && found !== null) {
        for (let at = i + 1; at < found.end; at++) labels.depth[at] = labels.depth[at]! + push;
        open.push(found.quote);
        before = i = found.end - 1;
        continue;
      }
    } else if (marks === unclear && labels.kind[i] === null && labels.depth[i]! > 0) labels.unclear.add(i);
    if (!isEmptyLine(lines, i)) before = i;
  }
}

interface Place {
  /** The attribution's first line, and its depth before this pass. */
  readonly at: number;
  readonly raw: number;
  /** The last line with words above it. */
  readonly before: number;
  readonly outer: Indented | undefined;
}

/** What an attribution speaks of: an indented quote, who knows what, or (null) what markers and other passes say. */
function belowAttribution(
  lines: Lines,
  labels: Labels,
  { at, raw, before, outer }: Place,
): { readonly quote: Indented; readonly end: number } | 'own level' | 'unclear' | null {
  let end = at + 1;
  while (end < lines.count && labels.kind[end] === 'attribution' && !labels.said.has(end)) end++;
  const next = nextFilled(lines, end);
  const marks = lines.marks[at]!;
  if (next >= lines.count || lines.marks[next] !== marks) return null;
  const pushed = labels.depth[next]! > raw;
  const indent = indentOf(lines, at);
  const base = outer?.marks === marks ? outer.indent : 0;
  const deeper = isIndented(lines, next, indent);
  const inset = indent > base + 1 && indentOf(lines, next) >= indent;
  if ((deeper || inset) && (pushed || marks > 0 || deeper)) {
    return { quote: { marks, indent: deeper ? indent + 1 : indent, push: pushed ? 0 : 1 }, end };
  }
  const written = headerField(wordsOf(lines, at)) === null && !isDivider(wordsOf(lines, at));
  if (!written) return null;
  if (marks === 0) return pushed && isStacked(lines, labels, before) ? 'unclear' : null;
  if (pushed || isDeeperBelow(lines, next, marks)) return null;
  return opensQuote(lines, labels, at, before) ? 'own level' : 'unclear';
}

/**
 * Whether an attribution is the first line behind its markers, with none above that speaks of them: Apple's and other phones' programs set
 * the line within the quote that it speaks of.
 */
function opensQuote(lines: Lines, labels: Labels, at: number, before: number): boolean {
  if (before < 0) return true;
  return lines.marks[before]! < lines.marks[at]! && labels.kind[before] !== 'attribution';
}

/** Whether right above stands an attribution that names somebody: whoever that is says nothing above the inner mail, so between its lines. */
function isStacked(lines: Lines, labels: Labels, before: number): boolean {
  let at = before;
  // What a gateway puts on top of a mail is nobody's words.
  while (at > 0 && (labels.kind[at] === 'footer' || isEmptyLine(lines, at))) at--;
  while (at > 0 && labels.kind[at] === 'attribution' && !labels.said.has(at)) at--;
  const said = at < 0 || labels.kind[at] !== 'attribution' ? undefined : labels.said.get(at);
  return said !== undefined && (said.name ?? said.address) !== null;
}

/** Whether nothing but what stands for words left out parts an attribution from words with more markers: those are what it speaks of. */
function isDeeperBelow(lines: Lines, from: number, marks: number): boolean {
  let at = from;
  while (at < lines.count && lines.marks[at] === marks && (isEmptyLine(lines, at) || isElision(lines, at))) at++;
  return at < lines.count && lines.marks[at]! > marks;
}

/** Whether every line of the paragraph that begins at line `from` is indented by at least two more than `indent`. */
function isIndented(lines: Lines, from: number, indent: number): boolean {
  for (let at = from; at < lines.count && !isEmptyLine(lines, at) && lines.marks[at] === lines.marks[from]; at++) {
    if (indentOf(lines, at) < indent + 2) return false;
  }
  return true;
}
