/** The candidates of one question. */
export interface RankedGroup {
  /** A column of each feature, the features in the same order for all groups. */
  readonly columns: readonly Float64Array[];
  /** Relevance of each candidate, 0 for none. */
  readonly labels: readonly number[];
}

export interface ListwiseOptions {
  readonly rounds: number;
  readonly learningRate: number;
  /** How strongly weights are drawn to 0. */
  readonly l2: number;
}

/**
 * Weights of a linear score under which the right candidates of each question hold most of the softmax over all of its candidates (ListNet's
 * top-one loss: Cao and others, "Learning to rank: from pairwise approach to listwise approach", 2007). Steps as in AdaGrad. Nothing is
 * drawn by chance.
 */
export function fitListwise(
  groups: readonly RankedGroup[],
  { rounds, learningRate, l2 }: ListwiseOptions,
): Float64Array {
  const useful = groups.filter(({ labels }) => labels.some((label) => label > 0));
  const size = useful[0]?.columns.length ?? 0;
  const weights = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let round = 0; round < rounds; round++) {
    const gradient = new Float64Array(size);
    for (const group of useful) addGradient(group, weights, gradient);
    for (let at = 0; at < size; at++) {
      const slope = gradient[at]! / useful.length - l2 * weights[at]!;
      squares[at]! += slope * slope;
      weights[at]! += (learningRate * slope) / Math.sqrt(squares[at]! + 1e-8);
    }
  }
  return weights;
}

/** Adds what raises the share of the right candidates. */
function addGradient({ columns, labels }: RankedGroup, weights: Float64Array, gradient: Float64Array): void {
  const scores = scoresOf(columns, weights, labels.length);
  const highest = Math.max(...scores);
  const masses = scores.map((score) => Math.exp(score - highest));
  const all = masses.reduce((sum, mass) => sum + mass, 0);
  const right = masses.reduce((sum, mass, row) => sum + mass * labels[row]!, 0);
  const pushes = masses.map((mass, row) => (mass * labels[row]!) / right - mass / all);
  columns.forEach((column, feature) => {
    for (let row = 0; row < pushes.length; row++) gradient[feature]! += pushes[row]! * column[row]!;
  });
}

/**
 * How surprising the right candidates are: the mean of the negative logarithm of their share of the softmax. It moves with every score, where
 * the place of the right one moves in steps: the better judge of whether a feature helps where few questions are known.
 */
export function listwiseLoss(groups: readonly RankedGroup[], weights: Float64Array): number {
  const useful = groups.filter(({ labels }) => labels.some((label) => label > 0));
  const losses = useful.map(({ columns, labels }) => {
    const scores = scoresOf(columns, weights, labels.length);
    const highest = Math.max(...scores);
    const masses = scores.map((score) => Math.exp(score - highest));
    const right = masses.reduce((sum, mass, row) => sum + (labels[row]! > 0 ? mass : 0), 0);
    return Math.log(masses.reduce((sum, mass) => sum + mass, 0) / right);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** The weighted sum of each candidate's features. */
export function scoresOf(columns: readonly Float64Array[], weights: Float64Array, count: number): Float64Array {
  const scores = new Float64Array(count);
  columns.forEach((column, feature) => {
    for (let row = 0; row < count; row++) scores[row]! += weights[feature]! * column[row]!;
  });
  return scores;
}
