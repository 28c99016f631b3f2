import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSpelling } from '../../index/spelling.js';
import { indexOf } from './word-index.js';

const spelling = openSpelling(
  indexOf({ journal: 5, journey: 9, capacitor: 4, suspend: 4, suspect: 1, kettle: 1, barnacles: 3 }),
);

describe('misspelt words of a question', () => {
  it.each([
    ['is the jornal synced', 'is the jornal synced journal', 'a letter left out'],
    ['is the jounral synced', 'is the jounral synced journal', 'two letters the wrong way round'],
    ['how big a capcitir', 'how big a capcitir capacitor', 'two slips in a long word'],
    ['how big are capacitrs', 'how big are capacitrs capacitor', 'the stem is compared'],
    ['why does it suspand', 'why does it suspand suspend', 'the nearest, and of those the commonest'],
  ])('%s → %s (%s)', (asked, searched) => expect(spelling(asked)).toBe(searched));

  it.each([
    ['the journal of the journey', 'every word is known'],
    ['journzz', 'two slips in a short word'],
    ['a kettel', 'the word it resembles may be a slip itself'],
    ['xjournal', 'it begins otherwise'],
    ['journal2', 'a name with a digit'],
    ['ettus x310 Ünïcödé журнал', 'nothing is near, or not a word of ASCII letters'],
    ['', 'nothing is asked'],
  ])('%s stays as it is: %s', (asked) => expect(spelling(asked)).toBe(asked));

  it('never loses what was asked, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (asked) => {
        expect(spelling(asked).startsWith(asked)).toBe(true);
      }),
    );
  });
});
