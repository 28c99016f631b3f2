import { isBlank, quoteMarks, specialMarkers } from './markers.js';

/** The lines of a text while they are being labelled: one entry per line in each array. */
export interface Lines {
  readonly text: string;
  readonly count: number;
  readonly start: Int32Array;
  /** Where the line's words end: line end and carriage return excluded. */
  readonly end: Int32Array;
  /** Where the words begin, after the quote markers. */
  readonly content: Int32Array;
  /** How many quote markers stand at its head. */
  readonly marks: Int32Array;
}

/** A regular expression sees no more of a line than this, so that a line of megabytes costs what a long line costs. */
const LOOK = 400;

/** Splits `text` into lines and reads the quote markers off each. Never throws; linear. */
export function splitLines(text: string): Lines {
  const starts = lineStarts(text);
  const count = starts.length;
  const lines: Lines = {
    text,
    count,
    start: Int32Array.from(starts),
    end: new Int32Array(count),
    content: new Int32Array(count),
    marks: new Int32Array(count),
  };
  const special = specialMarkers(text);
  for (let i = 0; i < count; i++) {
    let end = i + 1 < count ? lines.start[i + 1]! - 1 : text.length;
    if (i + 1 === count && text[end - 1] === '\n') end--;
    if (text[end - 1] === '\r' && end > lines.start[i]!) end--;
    lines.end[i] = end;
    const head = quoteMarks(text, lines.start[i]!, end, special);
    lines.marks[i] = head.marks;
    lines.content[i] = head.content;
  }
  return lines;
}

function lineStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length;) {
    starts.push(at);
    const newline = text.indexOf('\n', at);
    at = newline < 0 ? text.length : newline + 1;
  }
  return starts;
}

/** The words of line `i` after its markers, cut at 400 characters: what patterns are tried on. */
export function wordsOf(lines: Lines, i: number): string {
  const from = lines.content[i]!;
  return lines.text.slice(from, Math.min(lines.end[i]!, from + LOOK));
}

/** Whether nothing but white space follows the markers. */
export function isEmptyLine(lines: Lines, i: number): boolean {
  for (let at = lines.content[i]!; at < lines.end[i]!; at++) {
    if (!isBlank(lines.text.charCodeAt(at))) return false;
  }
  return true;
}

/** Length of the whole line, markers included. */
export function lineLength(lines: Lines, i: number): number {
  return lines.end[i]! - lines.start[i]!;
}

const TAB = 8;

/** The blanks between a line's markers and its words. */
export function indentOf(lines: Lines, i: number): number {
  let indent = 0;
  for (let at = lines.content[i]!; at < lines.end[i]!; at++) {
    const code = lines.text.charCodeAt(at);
    if (code === 9) indent += TAB - (indent % TAB);
    else if (code === 32 || code === 160) indent++;
    else break;
  }
  return indent;
}
