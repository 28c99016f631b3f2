import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../answer/quote/sentences.js';
import { linesOf } from './text-lines.js';
import { processorTime } from '../processor-time.js';

function split(text: string): string[] {
  return sentencesOf(text, linesOf(text)).map(({ start, end }) => text.slice(start, end));
}

function kinds(text: string): string[] {
  return sentencesOf(text, linesOf(text)).map(({ kind }) => kind);
}

describe('sentences', () => {
  it.each<[string, string, string[]]>([
    [
      'run over line ends',
      'The gannets left\nthe rock. They will\nreturn in March.',
      ['The gannets left\nthe rock.', 'They will\nreturn in March.'],
    ],
    ['may begin with small letters', 'i think so. we should wait.', ['i think so.', 'we should wait.']],
    [
      'do not end at abbreviations',
      'Use a probe, e.g. the long one, vs. the short one.',
      ['Use a probe, e.g. the long one, vs. the short one.'],
    ],
    [
      'end at an abbreviation that closes them',
      'Bring ropes, hooks, etc. The hut has none.',
      ['Bring ropes, hooks, etc.', 'The hut has none.'],
    ],
    ['do not end within names', 'J. Fulmar and A. B. Skua agree with it.', ['J. Fulmar and A. B. Skua agree with it.']],
    [
      'do not end within identifiers',
      'See nest.c or rock.probe() in v2.1 for it.',
      ['See nest.c or rock.probe() in v2.1 for it.'],
    ],
    [
      'go on behind an ellipsis',
      'It works... somehow. Or... Not at all.',
      ['It works... somehow.', 'Or...', 'Not at all.'],
    ],
    ['end at questions and shouts', 'Why? Because! Fine.', ['Why?', 'Because!', 'Fine.']],
    ['go on behind quoted questions', '"Is it full?" she asked. "It is."', ['"Is it full?" she asked.', '"It is."']],
    ['take their closing marks along', 'It failed (again.) Then it worked.', ['It failed (again.)', 'Then it worked.']],
    ['end at blank lines', 'No full stop here\n\nNext one', ['No full stop here', 'Next one']],
    ['leave list markers out', '- first item\n- second item\n  goes on', ['first item', 'second item\n  goes on']],
    ['leave numbers of lists out', '1. Weigh the chick.\n2) Ring it.', ['Weigh the chick.', 'Ring it.']],
    ['do not end at numbers', 'Of the 30. batch 2.5 were left.', ['Of the 30. batch 2.5 were left.']],
  ])('%s', (_behaviour, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it.each([
    ['a shell session', '$ gannetctl probe --all\n# rockd -f'],
    ['a kernel log', '[   12.345678] rock0: probe failed\n[   12.345699] rock0: giving up'],
    ['C', 'static int probe(struct rock *r)\n{\n\treturn r->nests;\n}'],
    ['a table', 'rock   nests   chicks\neast   12      7\nwest   9       3'],
  ])('keep %s as it is, in one piece', (_what, text) => {
    expect(split(text)).toEqual([text]);
    expect(kinds(text)).toEqual(['code']);
  });

  it('tell greetings from what is said', () => {
    expect(kinds('Hi Ann,\n\nthe rock is empty.\n\nBest regards')).toEqual(['courtesy', 'prose', 'courtesy']);
  });

  it('part prose from the code that it leads to', () => {
    expect(split('Try this:\n\n    $ gannetctl probe\n\nIt helps.')).toEqual([
      'Try this:',
      '$ gannetctl probe',
      'It helps.',
    ]);
  });

  it('say where words between two lines were left out', () => {
    const text = '> one thing.\nin between\n> another thing.';
    const lines = [
      { start: 2, end: 12 },
      { start: 26, end: 40 },
    ];
    expect(sentencesOf(text, lines).map(({ gapBefore }) => gapBefore)).toEqual([false, true]);
  });

  it('are in order, free of overlaps, and hold every character but blanks and list markers', () => {
    const pieces = fc.constantFrom(
      'The nest. ',
      'e.g. ',
      'i was... ',
      '\n',
      '\n\n',
      '- item',
      '  $ ls -l;',
      '?',
      '!',
      '\t',
      '> ',
      'x',
      '1. ',
      '"',
      ')',
      'é',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
          fc.string({ unit: 'binary', maxLength: 300 }),
        ),
        (text) => {
          const lines = linesOf(text);
          const sentences = sentencesOf(text, lines);
          let end = 0;
          for (const sentence of sentences) {
            expect(sentence.start).toBeGreaterThanOrEqual(end);
            expect(sentence.end).toBeGreaterThan(sentence.start);
            expect(text.slice(end, sentence.start)).toMatch(/^(?:\s|[-*•+·o(a-zivx\d.)])*$/);
            expect(text.slice(sentence.start, sentence.end)).toBe(text.slice(sentence.start, sentence.end).trim());
            end = sentence.end;
          }
          expect(text.slice(end).trim()).toBe('');
        },
      ),
    );
  });

  it.each([
    ['one word of 2 MB', 'x'.repeat(2_000_000)],
    ['full stops', '.'.repeat(1_000_000)],
    ['full stops and blanks', '. '.repeat(100_000)],
    ['quotation marks', '"'.repeat(1_000_000)],
    ['blanks', ' '.repeat(1_000_000) + 'x'],
    ['tabs between words', 'a\t'.repeat(300_000)],
    ['list markers', '- '.repeat(300_000)],
    ['line ends', '\n'.repeat(300_000)],
  ])('take no longer than their length demands: %s', (_what, text) => {
    const spent = processorTime();
    sentencesOf(text, linesOf(text));
    expect(spent()).toBeLessThan(3_000);
  });
});
