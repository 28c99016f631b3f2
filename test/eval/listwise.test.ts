import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fitListwise,
  listwiseLoss,
  scoresOf,
  type ListwiseOptions,
  type RankedGroup,
} from '../../eval/train/listwise.js';

const options: ListwiseOptions = { rounds: 1000, learningRate: 0.2, l2: 0.001 };

/** Questions whose right candidate has the highest `2a - b`; a third feature is noise. */
function groupsOf(from: number, count: number): RankedGroup[] {
  const number = (seed: number): number => createHash('sha1').update(String(seed)).digest().readUInt32LE() / 2 ** 32;
  return Array.from({ length: count }, (_, group) => {
    const columns = [1, 2, 3].map((feature) =>
      Float64Array.from({ length: 20 }, (_, row) => number((from + group) * 61 + row * 3 + feature)),
    );
    const worth = scoresOf(columns, Float64Array.of(2, -1, 0), 20);
    const best = worth.indexOf(Math.max(...worth));
    return { columns, labels: [...worth.keys()].map((row) => (row === best ? 1 : 0)) };
  });
}

function hitRate(weights: Float64Array, groups: readonly RankedGroup[]): number {
  const hits = groups.filter(({ columns, labels }) => {
    const scores = scoresOf(columns, weights, labels.length);
    return labels[scores.indexOf(Math.max(...scores))] === 1;
  });
  return hits.length / groups.length;
}

describe('fitListwise', () => {
  it('learns what makes a candidate right, and orders questions it was not fitted on', () => {
    const weights = fitListwise(groupsOf(0, 120), options);
    expect(hitRate(weights, groupsOf(1000, 100))).toBeGreaterThan(0.85);
    expect(weights[1]).toBeLessThan(0);
    expect(weights[0]).toBeGreaterThan(-weights[1]!);
    expect(Math.abs(weights[2]!)).toBeLessThan(0.2 * weights[0]!);
  });

  it('gives the same weights every time', () => {
    expect(fitListwise(groupsOf(0, 20), options)).toEqual(fitListwise(groupsOf(0, 20), options));
  });

  it('passes over questions without a right candidate', () => {
    const groups = groupsOf(0, 20);
    const unanswered = { columns: [Float64Array.of(9, 1)], labels: [0, 0] };
    expect(fitListwise([...groups, unanswered], options)).toEqual(fitListwise(groups, options));
    expect(fitListwise([unanswered], options)).toEqual(new Float64Array(0));
  });
});

describe('listwiseLoss', () => {
  it('is the logarithm of how many candidates compete where nothing tells them apart', () => {
    expect(listwiseLoss(groupsOf(0, 5), new Float64Array(3))).toBeCloseTo(Math.log(20), 9);
  });

  it('falls with weights that were fitted, on other questions too, and rises with their opposite', () => {
    const weights = fitListwise(groupsOf(0, 120), options);
    const others = groupsOf(1000, 100);
    expect(listwiseLoss(others, weights)).toBeLessThan(Math.log(20) / 2);
    expect(
      listwiseLoss(
        others,
        weights.map((weight) => -weight),
      ),
    ).toBeGreaterThan(Math.log(20));
  });

  it('leaves out questions without a right candidate, and is 0 where there is no other', () => {
    const unanswered = { columns: [Float64Array.of(9, 1)], labels: [0, 0] };
    expect(listwiseLoss([unanswered], Float64Array.of(1))).toBe(0);
  });
});
