import { expect } from 'vitest';
import { processorTime } from '../processor-time.js';

/** Lines that make careless patterns slow: long runs of whatever marks, brackets and blanks mean something in mail. */
export const LONG_LINES: readonly string[] = [
  'a',
  ' ',
  '<',
  '>',
  '@',
  '(',
  ')',
  '"',
  '\\',
  ',',
  ':',
  '.',
  '-',
  '1',
  '1 ',
  'a@',
  '<a@b ',
  '(a',
  'Re: ',
  '[x] ',
  '[',
  'a b ',
  '<a@b>',
  '\n',
  'x.',
  'a at ',
  '_at_',
  '•',
  'On ',
  'Jan 1 ',
  '1:1',
  'https://',
  '/',
  '%',
].map((piece) => piece.repeat(Math.ceil(300_000 / piece.length)));

/** Far above what linear work takes on a busy machine, far below what quadratic work takes. */
const LIMIT = 5000;

/** Runs a parser over every long line: it must neither throw nor take its time. */
export function expectLinear(parse: (line: string) => unknown): void {
  for (const line of LONG_LINES) {
    const spent = processorTime();
    parse(line);
    parse(`Ann <${line}> x`);
    expect(spent(), JSON.stringify(line.slice(0, 8))).toBeLessThan(LIMIT);
  }
}
