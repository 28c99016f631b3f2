import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** How a terminal wants its text. */
export interface Look {
  readonly width: number;
  readonly colors: ReturnType<typeof createColors>;
}

/** Wider lines are hard to read, narrower ones cannot be laid out. */
const widest = 100;
const narrowest = 40;

/** Colours only on a terminal, and not where NO_COLOR (https://no-color.org) is set; wrapped to its width. */
export function lookOf(stream: { readonly isTTY?: boolean; readonly columns?: number }, noColor: boolean): Look {
  const width = Math.min(Math.max(stream.columns ?? 80, narrowest), widest);
  return { width, colors: createColors(stream.isTTY === true && !noColor) };
}

/**
 * Text from an archive made harmless for a terminal: escape sequences and control characters are shown as `�`, marks that turn the direction of
 * writing are left out, tabs become blanks. Line ends stay.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\n]*\t[^\n]*/g, expandTabs)
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/(?!\n)[\p{Cc}\p{Cs}\u2028\u2029]/gu, '\ufffd');
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).trim();
}

function expandTabs(line: string): string {
  let column = 0;
  return line
    .split('\t')
    .map((piece, place, pieces) => {
      column += piece.length;
      if (place === pieces.length - 1) return piece;
      const blanks = 8 - (column % 8);
      column += blanks;
      return piece + ' '.repeat(blanks);
    })
    .join('');
}

/** Wraps each line of a text, breaking long words, and puts `prefix` before every line that results. */
export function wrapped(text: string, width: number, prefix: string): string {
  const room = Math.max(10, width - stringWidth(prefix));
  return text
    .split('\n')
    .flatMap((line) =>
      stringWidth(line) <= room ? [line] : wrapAnsi(line, room, { hard: true, trim: true }).split('\n'),
    )
    .map((line) => (prefix + line).trimEnd())
    .join('\n');
}
