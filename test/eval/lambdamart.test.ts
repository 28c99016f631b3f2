import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../index/rerank/trees.js';
import { trainLambdaMart, type LambdaMartOptions, type RankedGroup } from '../../eval/train/lambdamart.js';
import { seededRandom } from '../../eval/train/random.js';

const options: LambdaMartOptions = {
  rounds: 60,
  bins: 32,
  leaves: 6,
  leafRows: 5,
  leafWeight: 0,
  l2: 1,
  learningRate: 0.1,
  featureShare: 0.8,
  groupShare: 0.8,
  seed: 7,
};

/** Questions whose one right candidate is the one where both of two features are high; a third is noise. */
function groupsOf(seed: number, count: number): RankedGroup[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const vectors = Array.from({ length: 20 }, () => [random(), random(), random()]);
    const worth = vectors.map(([a, b]) => Math.min(a!, b!));
    const best = worth.indexOf(Math.max(...worth));
    return { vectors, labels: vectors.map((_, index) => (index === best ? 1 : 0)) };
  });
}

function hitRate(trees: ReturnType<typeof trainLambdaMart>, groups: RankedGroup[]): number {
  const ensemble = { features: ['a', 'b', 'noise'], trees };
  const hits = groups.filter(({ vectors, labels }) => {
    const scores = vectors.map((vector) => scoreOf(ensemble, vector));
    return labels[scores.indexOf(Math.max(...scores))] === 1;
  });
  return hits.length / groups.length;
}

describe('trainLambdaMart', () => {
  it('learns an interaction of features that no single feature shows, on questions it was not trained on', () => {
    const trees = trainLambdaMart(groupsOf(1, 150), options);
    expect(hitRate(trees, groupsOf(2, 100))).toBeGreaterThan(0.6);
    const onlyFirst = groupsOf(2, 100).map((group) => ({
      ...group,
      vectors: group.vectors.map((vector) => [vector[0]!, 0, 0]),
    }));
    expect(hitRate(trees, onlyFirst)).toBeLessThan(0.5);
  });

  it('gives the same trees every time', () => {
    expect(trainLambdaMart(groupsOf(3, 30), options)).toEqual(trainLambdaMart(groupsOf(3, 30), options));
  });

  it('makes leaves alone of groups without a relevant candidate', () => {
    const groups = groupsOf(4, 5).map((group) => ({ ...group, labels: group.labels.map(() => 0) }));
    for (const tree of trainLambdaMart(groups, { ...options, rounds: 3 })) expect(tree).toEqual([{ value: 0 }]);
  });
});
