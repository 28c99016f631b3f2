/** Rows of features cut into few bins each, so that a split is a walk over bins and not over rows. */
export interface BinnedRows {
  readonly rows: number;
  readonly features: number;
  /** Bin of row r in feature f at `f * rows + r`. */
  readonly bins: Uint8Array;
  /** Per feature, the largest value of each bin but the last: the thresholds that a split can have. */
  readonly thresholds: readonly Float64Array[];
}

/** Cuts each feature at up to `limit - 1` quantiles of its values (`limit` <= 256). */
export function binRows(vectors: readonly ArrayLike<number>[], limit: number): BinnedRows {
  const rows = vectors.length;
  const features = vectors[0]?.length ?? 0;
  const bins = new Uint8Array(rows * features);
  const thresholds: Float64Array[] = [];
  for (let feature = 0; feature < features; feature++) {
    const values = Float64Array.from(vectors, (vector) => vector[feature] ?? 0);
    const cuts = quantiles(values, limit);
    thresholds.push(cuts);
    for (let row = 0; row < rows; row++) bins[feature * rows + row] = binOf(cuts, values[row] ?? 0);
  }
  return { rows, features, bins, thresholds };
}

function quantiles(values: Float64Array, limit: number): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const cuts = new Set<number>();
  for (let cut = 1; cut < limit; cut++) {
    const value = sorted[Math.floor((cut * sorted.length) / limit)];
    if (value !== undefined && value < (sorted.at(-1) ?? value)) cuts.add(value);
  }
  return Float64Array.from(cuts).sort();
}

function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (cuts[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}
