import { leafOf, type Tree } from '../../index/rerank/trees.js';
import { binRows } from './bins.js';
import { seededRandom } from './random.js';
import { growTree, type TreeOptions } from './tree.js';

/** The candidates of one question. */
export interface RankedGroup {
  readonly vectors: readonly ArrayLike<number>[];
  /** Relevance of each candidate, 0 for none. */
  readonly labels: readonly number[];
  /** How much the group counts; 1 unless told. */
  readonly weight?: number;
}

export interface LambdaMartOptions extends TreeOptions {
  readonly rounds: number;
  readonly bins: number;
  /** Share of features that each tree may use. */
  readonly featureShare: number;
  /** Share of groups that each tree sees. */
  readonly groupShare: number;
  readonly seed: number;
}

/**
 * Gradient-boosted trees that order candidates by NDCG (LambdaMART: Burges, "From RankNet to LambdaRank to LambdaMART",
 * MSR-TR-2010-82). Deterministic for the same groups, options and seed.
 */
export function trainLambdaMart(groups: readonly RankedGroup[], options: LambdaMartOptions): Tree[] {
  const vectors = groups.flatMap(({ vectors }) => vectors);
  const data = binRows(vectors, options.bins);
  const starts = groups.map(
    (
      (sum) => (group: RankedGroup) =>
        (sum += group.vectors.length) - group.vectors.length
    )(0),
  );
  const scores = new Float64Array(vectors.length);
  const random = seededRandom(options.seed);
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const gradients = new Float64Array(vectors.length);
    const hessians = new Float64Array(vectors.length);
    const drawn = groups.flatMap((group, index) =>
      random() < options.groupShare ? [{ group, start: starts[index]! }] : [],
    );
    for (const { group, start } of drawn) addLambdas(group, start, scores, gradients, hessians);
    const rows = Uint32Array.from(drawn.flatMap(({ group, start }) => group.labels.map((_, at) => start + at)));
    const features = Array.from({ length: data.features }, (_, feature) => feature).filter(
      () => random() < options.featureShare,
    );
    const tree = growTree(data, gradients, hessians, rows, features, options);
    vectors.forEach((vector, row) => (scores[row]! += leafOf(tree, vector)));
    trees.push(tree);
  }
  return trees;
}

/** Adds each pair's push: what swapping the two would change in NDCG, times how wrong the order is now. */
function addLambdas(
  { labels, weight = 1 }: RankedGroup,
  start: number,
  scores: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const ideal = [...labels]
    .sort((a, b) => b - a)
    .reduce((sum, label, place) => sum + gainOf(label) * discountOf(place), 0);
  if (ideal === 0) return;
  const order = labels.map((_, at) => at).sort((a, b) => scores[start + b]! - scores[start + a]! || a - b);
  const place = new Int32Array(labels.length);
  order.forEach((at, index) => (place[at] = index));
  for (let better = 0; better < labels.length; better++) {
    for (let worse = 0; labels[better]! > 0 && worse < labels.length; worse++) {
      if (labels[better]! <= labels[worse]!) continue;
      const swap =
        (gainOf(labels[better]!) - gainOf(labels[worse]!)) * (discountOf(place[better]!) - discountOf(place[worse]!));
      const doubt = 1 / (1 + Math.exp(scores[start + better]! - scores[start + worse]!));
      const push = (weight * Math.abs(swap) * doubt) / ideal;
      gradients[start + better]! += push;
      gradients[start + worse]! -= push;
      hessians[start + better]! += push * (1 - doubt);
      hessians[start + worse]! += push * (1 - doubt);
    }
  }
}

const gainOf = (label: number): number => 2 ** label - 1;
const discountOf = (place: number): number => 1 / Math.log2(place + 2);
