import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { textAt } from '../../mail/span.js';
import { countWords } from '../../ingest/paragraphs.js';
import { cutPassages } from '../../ingest/passages.js';
import { message } from './message.js';
import { processorTime } from '../processor-time.js';

const { from } = message({ id: 'x@example.org', text: '' });
const around = {
  sender: from,
  author: from,
  subject: 'valves',
  parent: 'p',
  opening: 'o',
};
const words = (count: number, seed = 'word'): string =>
  Array.from({ length: count }, (_, at) => `${seed}${at}`).join(' ');
const cut = (text: string) => cutPassages(message({ id: 'm@example.org', text }), around);

describe('cutting passages', () => {
  it('keeps a short mail as one passage', () => {
    const passages = cut('Hello,\n\nThe valve sticks when it is cold.\n\nAnn\n');
    expect(passages.map(({ fields }) => fields.own)).toEqual(['Hello,\nThe valve sticks when it is cold.\nAnn']);
  });

  it('cuts a long mail along its paragraphs', () => {
    const paragraphs = ['a', 'b', 'c', 'd'].map((seed) => words(90, seed));
    const passages = cut(paragraphs.join('\n\n'));
    expect(passages.map(({ fields }) => fields.own)).toEqual([
      `${paragraphs[0]}\n${paragraphs[1]}`,
      `${paragraphs[2]}\n${paragraphs[3]}`,
    ]);
  });

  it('keeps the words that an interleaved reply answers, without their markers', () => {
    const passages = cut('> Does the valve stick\n> when it is cold?\n\nYes, it does.\n\n> And in summer?\n\nNever.\n');
    expect(passages.map(({ fields }) => [fields.quoted, fields.own])).toEqual([
      ['Does the valve stick when it is cold?', 'Yes, it does.'],
      ['And in summer?', 'Never.'],
    ]);
  });

  it.each([
    ['nothing but a trailer', 'Reviewed-by: Ann Lee <ann@example.org>\n'],
    ['nothing but a quote', 'On Monday, Bo Ek wrote:\n> It sticks.\n'],
    ['an empty text', ''],
    ['dashes', '----\n\n***\n'],
  ])('makes no passage of %s', (_, text) => {
    expect(cut(text)).toEqual([]);
  });

  it('makes passages of a commit message, not of its diff', () => {
    const patch = [
      'valve: close it slowly',
      '',
      'A fast close makes a hammer in the pipe.',
      '',
      'Signed-off-by: Ann Lee <ann@example.org>',
      '---',
      ' valve.c | 2 +-',
      ' 1 file changed, 1 insertion(+), 1 deletion(-)',
      '',
      'diff --git a/valve.c b/valve.c',
      'index 1234567..89abcde 100644',
      '--- a/valve.c',
      '+++ b/valve.c',
      '@@ -1,3 +1,3 @@',
      ' int close(void)',
      '-	return fast();',
      '+	return slow();',
      ' }',
    ].join('\n');
    const own = cut(patch).map(({ fields }) => fields.own);
    expect(own.join('\n')).toContain('makes a hammer');
    expect(own.join('\n')).not.toContain('return slow');
    expect(own.join('\n')).not.toContain('Signed-off-by');
  });

  it('cuts a paragraph that is one long line behind its sentences', () => {
    const sentence = (at: number): string => `Sentence ${at} has exactly eight words in it.`;
    const line = Array.from({ length: 60 }, (_, at) => sentence(at)).join(' ');
    const passages = cut(line);
    expect(passages.length).toBeGreaterThan(2);
    for (const { fields } of passages) expect(fields.own.endsWith('.')).toBe(true);
    expect(passages.map(({ fields }) => fields.own).join(' ')).toBe(line);
  });

  it('cuts a log to its first passages', () => {
    const log = Array.from({ length: 20_000 }, (_, at) => `read block ${at} of the store and found it whole`).join(
      '\n',
    );
    expect(cut(log).length).toBeLessThanOrEqual(60);
  });

  it.each([
    ['without blanks', 'x'.repeat(10_000_000)],
    ['of blanks', ' '.repeat(10_000_000)],
    ['of words', 'ab '.repeat(3_000_000)],
    ['of surrogates', '😀'.repeat(2_000_000)],
  ])('takes a line of millions of code units %s in linear time', (_, line) => {
    const spent = processorTime();
    for (const { fields } of cut(line)) expect(fields.own.isWellFormed()).toBe(true);
    expect(spent()).toBeLessThan(5000);
  });

  it('cuts any text into spans of it that hold all of its words once, in order', () => {
    const line = fc.string({ maxLength: 30 }).map((text) => text.replace(/[>\n\r|]/g, 'x'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
        const sample = message({ id: 'm@example.org', text: lines.join('\n') });
        let last = 0;
        for (const { spans, fields } of cutPassages(sample, around)) {
          expect(fields.own).toBe(textAt(sample.text, spans));
          expect(countWords(fields.own)).toBeLessThanOrEqual(400);
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
        }
      }),
    );
  });
});

it('gives a patch that is sent on to its author, and what stands below its cut line to the sender', () => {
  const text = [
    'From: Bo Lind <bo@example.net>',
    '',
    'Close the valve before the pump stops.',
    '',
    'Signed-off-by: Bo Lind <bo@example.net>',
    '---',
    '',
    'Hi Bo, this is your patch on top of the present tree.',
    '',
    ' valve.c | 2 +-',
    ' 1 file changed, 1 insertion(+), 1 deletion(-)',
    '',
  ].join('\n');
  const author = { name: 'Bo Lind', address: 'bo@example.net', masked: null };
  const passages = cutPassages(message({ id: 'm@example.org', text }), { ...around, author });
  expect(passages.map(({ speaker, fields }) => [speaker, fields.own.trim()])).toEqual([
    [author, 'Close the valve before the pump stops.'],
    [from, 'Hi Bo, this is your patch on top of the present tree.'],
  ]);
});
