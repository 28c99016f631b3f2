import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTermWeights } from '../../index/term-weights.js';
import { wordIndex } from './word-index.js';

/** Of 60 passages, so many hold the word, each so often. */
function weightOf(holders: number, times: number): number {
  const said = Array.from({ length: 60 }, (_, at) => (at < holders ? 'kelp '.repeat(times) : 'the sea was calm'));
  return openTermWeights(wordIndex(said))('kelp');
}

describe('what a word tells in an archive', () => {
  it('is more the rarer it is', () => {
    expect(weightOf(2, 1)).toBeGreaterThan(weightOf(10, 1));
    expect(weightOf(10, 1)).toBeGreaterThan(weightOf(50, 1));
  });

  it('is more where few passages say it again and again than where as many say it once', () => {
    expect(weightOf(6, 5)).toBeGreaterThan(2 * weightOf(6, 1));
  });

  it('is what its rarity tells where nobody says it', () => {
    const never = openTermWeights(wordIndex(['the sea was calm']))('kelp');
    expect(never).toBeGreaterThan(0);
    expect(Number.isFinite(never)).toBe(true);
  });

  it('is never below nothing, however words fall', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 }), (holders, times) => {
        const weight = weightOf(holders, times);
        expect(weight).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(weight)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
