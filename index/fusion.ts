/** Places and scores of one passage in the lists that found it. Places are 1-based. */
export interface Found {
  readonly lexical?: { readonly rank: number; readonly score: number };
  readonly vector?: { readonly rank: number; readonly similarity: number };
}

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009), weighted: words are the better guide in mail, vectors add what words miss. */
const DAMPING = 5;
const LEXICAL_WEIGHT = 1;
const VECTOR_WEIGHT = 0.3;

export function fusedScore({ lexical, vector }: Found): number {
  const byWords = lexical === undefined ? 0 : LEXICAL_WEIGHT / (DAMPING + lexical.rank);
  const byVector = vector === undefined ? 0 : VECTOR_WEIGHT / (DAMPING + vector.rank);
  return byWords + byVector;
}

/** Joins the two lists by key. */
export function joinFound(
  lexical: readonly { readonly key: number; readonly score: number }[],
  vector: readonly { readonly key: number; readonly similarity: number }[],
): Map<number, Found> {
  const joined = new Map<number, Found>();
  lexical.forEach(({ key, score }, at) => joined.set(key, { lexical: { rank: at + 1, score } }));
  vector.forEach(({ key, similarity }, at) =>
    joined.set(key, { ...joined.get(key), vector: { rank: at + 1, similarity } }),
  );
  return joined;
}
