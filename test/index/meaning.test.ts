import { describe, expect, it } from 'vitest';
import { BUNDLED_MODEL, openEmbedder } from '../../index/embedder.js';
import { linearScores, standardised } from '../../index/rerank/linear.js';
import { nearlyCovered, openMeaning } from '../../index/rerank/meaning.js';
import { rankedQuestion } from '../../index/rerank/question.js';
import { openWordVectors } from '../../index/word-vectors.js';

const words = await openWordVectors();
const question = rankedQuestion('Why does the kernel crash when the disk is full?', () => 1);
const meaningOf = openMeaning(question, words);

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const product = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
    Array.from(x).reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe('vectors of words', () => {
  it('add up to what the model makes of a text', async () => {
    const text = 'the quick kernel maintainer reviewed raid5 patches';
    const embedder = await openEmbedder({ ...BUNDLED_MODEL, dimensions: words.dimensions });
    const [whole] = await embedder.embed([text], 'passage');
    const sum = new Float64Array(words.dimensions);
    for (const word of text.split(' ')) words.of(word).forEach((value, at) => (sum[at]! += value));
    expect(cosine(sum, whole!)).toBeCloseTo(1, 5);
  });

  it('are zero for what has no piece', () => {
    expect(words.of('')).toEqual(new Float32Array(words.dimensions));
  });
});

describe('the meaning of a text', () => {
  it('is 1 for the question itself, and falls with the distance', () => {
    expect(meaningOf(question.text).whole).toBeCloseTo(1, 5);
    const near = meaningOf('The panic happens once the filesystem has no space left.');
    const far = meaningOf('Thank you for the invitation to the conference dinner.');
    expect(near.whole).toBeGreaterThan(far.whole);
    expect(nearlyCovered(question, [near])).toBeGreaterThan(nearlyCovered(question, [far]));
  });

  it('tells the closest sentence, and the closest that asks', () => {
    const { whole, best, bestTwo, asking } = meaningOf(
      'Hello all. The kernel crashed on a full disk. Does it crash when the disk is full? Regards to everybody here.',
    );
    expect(best).toBeGreaterThanOrEqual(asking);
    expect(asking).toBeGreaterThan(0);
    expect(best).toBeGreaterThan(bestTwo);
    expect(bestTwo).toBeGreaterThan(0);
    expect(best).toBeGreaterThan(whole);
  });

  it('is the same in ASCII and, but for the words that differ, outside of it', () => {
    expect(meaningOf('the disk is full. the kernel crashed').best).toBeCloseTo(
      meaningOf('the disk is full. the kernel crashed …').best,
      5,
    );
  });

  it.each(['', '   ', '?!', 'a', '\n\n\n', '\u0000'])('of %j is nothing, and never NaN', (text) => {
    const { near, ...cosines } = meaningOf(text);
    expect(cosines).toEqual({ whole: 0, best: 0, bestTwo: 0, asking: 0 });
    expect([...near].every((nearness) => nearness === 0)).toBe(true);
  });

  it('covers a question by several texts as far as each word’s nearest text does', () => {
    const [disk, crash] = [meaningOf('disk'), meaningOf('crash')];
    const both = nearlyCovered(question, [disk, crash]);
    expect(both).toBeGreaterThan(nearlyCovered(question, [disk]));
    expect(both).toBeGreaterThan(nearlyCovered(question, [crash]));
    expect(both).toBeLessThanOrEqual(1);
  });
});

describe('the linear score', () => {
  it('counts in deviations from the mean, and lets nobody win by one outlier alone', () => {
    expect([...standardised(Float64Array.of(1, 2, 3))].map((value) => value.toFixed(3))).toEqual([
      '-1.225',
      '0.000',
      '1.225',
    ]);
    expect([...standardised(Float64Array.of(7, 7))]).toEqual([0, 0]);
    const outlier = standardised(Float64Array.from({ length: 101 }, (_, at) => (at === 0 ? 1e9 : 0)));
    expect(outlier[0]).toBe(4);
  });

  it('adds up what the model weighs, and nothing else', () => {
    const table = new Map([
      ['a', Float64Array.of(0, 2)],
      ['b', Float64Array.of(4, 0)],
      ['unknown', Float64Array.of(0, 100)],
    ]);
    expect([...linearScores(table, { a: 1, b: 3, missing: 9 }, 2)]).toEqual([2, -2]);
  });
});
