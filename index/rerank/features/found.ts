import type { Material } from '../material.js';
import type { Features } from '../linear.js';

/** What the lists that found a candidate say of it. */
export function foundFeatures({ candidate: { lexical, vector, similarity, score } }: Material): Features {
  return {
    lexicalScore: lexical?.score ?? 0,
    vectorPlace: vector === undefined ? 0 : 1 / (5 + vector.rank),
    similarity,
    fused: score,
  };
}
