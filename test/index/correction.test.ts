import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCorrection } from '../../index/correction.js';
import { openKnownWords } from '../../index/known-words.js';
import { indexOf } from './word-index.js';

const common = { because: 300, through: 200, against: 80 };
const rare = { becuase: 2, thruogh: 3 };
const words = {
  iron: 9,
  does: 900,
  dose: 3,
  really: 40,
  relay: 4,
  journal: 5,
  access: 9,
  capacitor: 4,
  kettle: 1,
  recover: 3,
  drop: 3,
  need: 3,
  barnacle: 3,
};
const corrected = openCorrection(indexOf({ ...words, ...common, ...rare }), () =>
  Promise.resolve((word) =>
    ['the', 'how', 'from', 'kettel', 'is', 'it', 'after', 'big', 'are', 'backup'].includes(word),
  ),
);

describe('what is surely misspelt in a question', () => {
  it.each([
    ['is the jounral synced', 'is the journal synced', 'two letters the wrong way round'],
    ['how to rceover it after it dorpped', 'how to recover it after it dropped', 'several words, compared as words'],
    ['how to ercover it', 'how to recover it', 'the first two letters'],
    ['Jounral?', 'Journal?', 'a capital begins a sentence'],
    ['is the --backup-jounral neeedd', 'is the --backup-journal needed', 'parts of options'],
    ['is the acess logged', 'is the access logged', 'a double letter written once'],
    ['is it realy lost', 'is it really lost', 'the commonest of those that are a slip away'],
    ['is the journnal synced', 'is the journal synced', 'a letter doubled'],
    ['how big are the capacitrs', 'how big are the capacitors', 'a letter left out of a long word'],
    ['how big are the capacxitors', 'how big are the capacitors', 'a letter too many in a long word'],
    ['is it becuase it is', 'is it because it is', 'somebody made the same slip before'],
  ])('%s → %s (%s)', async (asked, right) => expect(await corrected(asked)).toBe(right));

  it.each([
    ['is the kettel hot', 'the language model knows it'],
    ['what dose is it after', 'a short word that passages hold is one, however much commoner its neighbour'],
    ['is the ionizing big', 'only another form of the neighbour is held'],
    ['how is the journel', 'another letter may be another word'],
    ['is it thruogh', 'so many passages hold the slip that it may be none'],
    ['what did Jounral say', 'a name'],
    ['is it JOUNRAL', 'an abbreviation'],
    ['jounral_sync() fs/jounral.c jounral2 a@jounral v1.jounral myJounral', 'names in programs, paths, versions'],
    ['where is "the jounral is lost" from', 'what is quoted is meant letter by letter'],
    ['warum bricht dieses jounral nach der Sicherung immer ab', 'another language'],
    ['', 'nothing is asked'],
  ])('%s stays as it is: %s', async (asked) => expect(await corrected(asked)).toBe(asked));

  it('is right once it was put right, whatever was asked, and as many words as before', async () => {
    const piece = fc.oneof(
      fc.constantFrom('jounral ', 'acess', 'the ', '"', 'capacitr', '-', ' ', '.', 'Becuase', '_'),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece).map((all) => all.join('')),
        async (asked) => {
          const right = await corrected(asked);
          expect(await corrected(right)).toBe(right);
          expect(right.split(/\s+/u)).toHaveLength(asked.split(/\s+/u).length);
        },
      ),
    );
  });

  it.each([
    ['jounral:'.repeat(250) + '"'.repeat(200) + 'x'.repeat(5_000)],
    [
      Array.from({ length: 300 }, (_, at) => `the jounral${'abcdefghij'.charAt(at % 10)}${'k'.repeat(at % 30)}`).join(
        ' ',
      ),
    ],
  ])('reads a pasted log at once: %#', async (log) => {
    const began = performance.now();
    await corrected(log);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('the language model', () => {
  it.each([
    ['because', true],
    ['recover', true],
    ['rceover', false],
    ['zzyzx', false],
  ])('knows %s: %s', async (word, known) => expect((await openKnownWords())(word)).toBe(known));
});
