import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAttribution } from '../../mail/attribution.js';
import { labelBlocks } from '../../mail/label.js';
import { mailboxOf } from '../../mail/named-source.js';
import { samePerson } from '../../mail/person.js';
import { FORMS } from './attribution-forms.js';

/** Names that look like days, months, zones or lists, or hold what other parts of the line are told by. */
const NAMES = [
  'Ada Berg',
  'Jan Kara',
  'Sam Dom',
  'Mai May',
  'Ma Di',
  'Dirk So',
  'RJ Lee',
  'Ada B. Berg',
  'Berg, Ada',
  'Ada Berg (Acme GmbH)',
  "D. J. O'Neil",
  'Jörg Müller-Lüdenscheidt',
  'Ludwig van Berg',
  '张三',
];
const ADDRESS = 'ab7@example.org';

function written(form: string, name: string): string {
  return form.replace('N', () => name).replace(/\bA\b/u, () => ADDRESS);
}

function isRight(said: Parameters<typeof mailboxOf>[0], name: string): boolean {
  const { name: read, address } = mailboxOf(said);
  if (read === null) return address === null || address === ADDRESS;
  return samePerson({ name: read, address: null, masked: null }, { name, address: null, masked: null }) === 'yes';
}

describe('attribution lines of many programs and languages', () => {
  it.each(FORMS)('name whoever they name: %s', (form) => {
    for (const name of NAMES) {
      const read = parseAttribution(written(form, name));
      expect([name, read === null ? null : isRight(read, name) || read.name]).toEqual([name, true]);
    }
  });

  it('name them or nobody however they are folded, quoted and nested', () => {
    const shape = fc.record({
      form: fc.constantFrom(...FORMS),
      name: fc.constantFrom(...NAMES),
      inner: fc.constantFrom(...FORMS),
      innerName: fc.constantFrom(...NAMES),
      width: fc.integer({ min: 40, max: 120 }),
      marker: fc.constantFrom('> ', '>', '>  '),
      phone: fc.boolean(),
      above: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ form, name, inner, innerName, width, marker, phone, above }) => {
        const behind = (text: readonly string[]): string[] => text.map((line) => `${marker}${line}`);
        const deepest = behind(['innerword one two three.', 'innerword four five six.']);
        const said = folded(written(inner, innerName), width);
        // Phones set the line behind the markers of the words that it speaks of.
        const quote = phone ? behind([...behind(said), marker, ...deepest]) : behind([...said, ...deepest]);
        const outer = ['outerword one two three.', 'outerword four five six.'];
        const lines = [
          ...(above ? ['ownword one two three.', ''] : []),
          ...folded(written(form, name), width),
          ...behind(outer),
          ...quote,
          ...(above ? [] : ['', 'ownword one two three.']),
        ];
        const text = `${lines.join('\n')}\n`;
        const blocks = labelBlocks(text);
        for (const block of blocks) {
          const words = text.slice(block.span.start, block.span.end);
          if (block.kind === 'prose') expect(words).not.toMatch(/outerword|innerword/u);
          if (block.kind !== 'quote' || block.unclear === true || block.attributedBy === undefined) continue;
          const by = blocks[block.attributedBy]!.attribution!;
          if (by.name === null && by.address === null) continue;
          if (words.includes('outerword')) expect([by.name, isRight(by, name)]).toEqual([by.name, true]);
          if (words.includes('innerword')) expect([by.name, isRight(by, innerName)]).toEqual([by.name, true]);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

/** As programs fold long lines: at blanks. */
function folded(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const at = line.lastIndexOf(' ', width);
  return at <= 0 ? [line] : [line.slice(0, at), ...folded(line.slice(at + 1), width)];
}
