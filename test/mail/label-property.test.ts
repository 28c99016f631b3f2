import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelBlocks } from '../../mail/label.js';
import { processorTime } from '../processor-time.js';

describe('labels', () => {
  it('cover any text exactly, in order, with content inside the lines', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '> a',
        '>> b',
        '>',
        '',
        ' ',
        '-- ',
        '---',
        '+++ x',
        '--- x',
        '@@ -1,2 +1,2 @@',
        'diff --git a b',
        'On 1.1.2019, Ada wrote:',
        '> On 1.1.2019, Ada wrote:',
        'wrote:',
        'From: A <a@example.org>',
        '> From: A <a@example.org>',
        'Sent: x',
        'To: x',
        '-----Original Message-----',
        '___________',
        'valves mailing list',
        '-----BEGIN PGP SIGNATURE-----',
        'Acked-by: A <a@example.org>',
        '[..]',
        '| x',
        'AB> x',
        '\r',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, ends) => {
        const text = lines.join('\n') + (ends ? '\n' : '');
        const blocks = labelBlocks(text);
        let at = 0;
        blocks.forEach((block, index) => {
          expect(block.span.start).toBe(at);
          expect(block.span.end).toBeGreaterThan(at);
          for (const span of block.lines) {
            expect(span.start).toBeGreaterThanOrEqual(at);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            at = span.end;
          }
          expect(at).toBeLessThanOrEqual(block.span.end);
          at = block.span.end;
          if (block.kind === 'prose') expect(block.depth).toBe(0);
          if (block.kind === 'quote') expect(block.depth).toBeGreaterThan(0);
          if (block.attributedBy !== undefined) {
            expect(block.attributedBy).toBeLessThan(index);
            expect(blocks[block.attributedBy]?.attribution).toBeDefined();
          }
        });
        expect(at).toBe(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'x',
    '> ',
    '>',
    '- ',
    'wrote: ',
    '_',
    ' ',
    '\t',
    '| ',
    'a>',
    'On 1 ',
    '<',
    '"',
    'From: a\n',
    '> \n',
    'On x\n',
    '>>>>> ',
    '\n',
    '@@ -1,9 +1,9 @@\n',
    '---\n',
    '--- a\n+++ b\n',
    '-----Original Message-----\n',
    '-----BEGIN PGP SIGNATURE-----\n',
    '_____\n',
    '> long enough a line to have been wrapped by some program, and\nthen\n',
  ])('takes linear time for a megabyte of %j', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const spent = processorTime();
    const blocks = labelBlocks(text);
    expect(blocks.at(-1)?.span.end).toBe(text.length);
    expect(spent()).toBeLessThan(6000);
  });
});
