/** 1-based place of the first id of `ranking` that is in `gold`; null where none is. */
export function firstHit(ranking: readonly string[], gold: ReadonlySet<string>): number | null {
  const index = ranking.findIndex((id) => gold.has(id));
  return index < 0 ? null : index + 1;
}

/** Share (0 to 1) of questions whose first hit stands in the first `k`: hit@k. */
export function hitAt(places: readonly (number | null)[], k: number): number {
  return share(places, (place) => place !== null && place <= k);
}

/** Mean reciprocal rank of the first hit, 0 for those beyond `k`: MRR@k (Voorhees, TREC-8). */
export function meanReciprocalRank(places: readonly (number | null)[], k: number): number {
  return mean(places.map((place) => (place !== null && place <= k ? 1 / place : 0)));
}

/** Share (0 to 1) of `values` that satisfy `holds`; 0 of nothing. */
export function share<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return mean(values.map((value) => (holds(value) ? 1 : 0)));
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which `fraction` (0 to 1) of `values` lie (nearest rank); 0 of nothing. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
}
