/** What is measured of one candidate, by name. All numbers are finite. */
export type Features = Readonly<Record<string, number>>;

/** What is measured of all candidates of a question: a column for each feature, in the order of the candidates. */
export type FeatureTable = ReadonlyMap<string, Float64Array>;

/** What each feature adds to a candidate's score, by its name: features are first put on one scale among the candidates of a question. */
export type LinearModel = Readonly<Record<string, number>>;

/** The columns of candidates that have the same features. */
export function columnsOf(rows: readonly Features[]): [string, Float64Array][] {
  return Object.keys(rows[0] ?? {}).map((name) => [name, Float64Array.from(rows, (row) => row[name] ?? 0)]);
}

/** A candidate that is further out than this in one feature is not let win by it alone. In standard deviations. */
const FARTHEST = 4;

/**
 * A column in standard deviations from its mean. BM25 and the sizes of threads differ between archives and questions; how far a candidate
 * stands out among the others does not.
 */
export function standardised(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length) || 1;
  return column.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / deviation)));
}

/** One score for each of `count` candidates: it orders the candidates of one question. */
export function linearScores(table: FeatureTable, model: LinearModel, count: number): Float64Array {
  const scores = new Float64Array(count);
  for (const [name, weight] of Object.entries(model)) {
    const column = table.get(name);
    if (column === undefined) continue;
    standardised(column).forEach((value, row) => (scores[row]! += weight * value));
  }
  return scores;
}
