import { describe, expect, it } from 'vitest';
import { firstHit, hitAt, meanReciprocalRank, percentile } from '../../eval/metrics.js';

describe('metrics', () => {
  it('finds the first place that is gold', () => {
    expect(firstHit(['a', 'b', 'c'], new Set(['c', 'b']))).toBe(2);
    expect(firstHit(['a'], new Set(['z']))).toBeNull();
  });

  it('counts hits within k, and misses as misses', () => {
    expect(hitAt([1, 3, null, 11], 1)).toBe(0.25);
    expect(hitAt([1, 3, null, 11], 5)).toBe(0.5);
    expect(hitAt([], 5)).toBe(0);
  });

  it('averages reciprocal ranks up to k', () => {
    expect(meanReciprocalRank([1, 2, null, 11], 10)).toBeCloseTo((1 + 0.5) / 4);
  });

  it.each([
    [[5, 1, 3, 2, 4], 0.5, 3],
    [[5, 1, 3, 2, 4], 0.95, 5],
    [[7], 0, 7],
    [[], 0.5, 0],
  ])('takes percentiles by nearest rank: %j at %f', (values, fraction, expected) => {
    expect(percentile(values, fraction)).toBe(expected);
  });
});
