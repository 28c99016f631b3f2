import type { Span } from '../../mail/span.js';

/** The lines of a text, without line ends. */
export function linesOf(text: string): Span[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const span = { start, end: start + line.length };
    start = span.end + 1;
    return span;
  });
}
