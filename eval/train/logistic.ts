/** A vector, whether it is one of those to be recognised, and how much it counts. */
export interface Observation {
  readonly vector: readonly number[];
  readonly holds: boolean;
  readonly weight: number;
}

/** Weights for the vectors as they are (not standardised), and the bias. */
export interface LogisticFit {
  readonly weights: readonly number[];
  readonly bias: number;
}

const STEPS = 4000;
const RATE = 0.3;
/** Of what was tried up to this, the more the better on the list left out: few of the questions that it is fitted on have no answer. */
const PENALTY = 0.1;

/** Logistic regression by gradient ascent on standardised features with an L2 penalty. Deterministic. */
export function fitLogistic(observations: readonly Observation[]): LogisticFit {
  const size = observations[0]?.vector.length ?? 0;
  const total = observations.reduce((sum, { weight }) => sum + weight, 0);
  const columns = Array.from({ length: size }, (_, at) => observations.map(({ vector }) => vector[at] ?? 0));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const spreads = columns.map((column, at) => {
    const variance = column.reduce((sum, value) => sum + (value - (means[at] ?? 0)) ** 2, 0) / column.length;
    return Math.sqrt(variance) || 1;
  });
  const rows = observations.map(({ vector }) =>
    vector.map((value, at) => (value - (means[at] ?? 0)) / (spreads[at] ?? 1)),
  );
  const weights = new Array<number>(size).fill(0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const slopes = new Array<number>(size).fill(0);
    let slope = 0;
    for (const [at, { holds, weight }] of observations.entries()) {
      const row = rows[at] ?? [];
      const sum = row.reduce((held, value, feature) => held + value * (weights[feature] ?? 0), bias);
      const error = weight * ((holds ? 1 : 0) - 1 / (1 + Math.exp(-sum)));
      row.forEach((value, feature) => (slopes[feature]! += error * value));
      slope += error;
    }
    slopes.forEach((value, feature) => (weights[feature]! += RATE * (value / total - PENALTY * weights[feature]!)));
    bias += (RATE * slope) / total;
  }
  const plain = weights.map((weight, at) => weight / (spreads[at] ?? 1));
  return { weights: plain, bias: bias - plain.reduce((sum, weight, at) => sum + weight * (means[at] ?? 0), 0) };
}
