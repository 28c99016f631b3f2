import type { Material } from '../material.js';
import type { Features } from '../linear.js';

/** What the lists that found a candidate say of it. */
export function foundFeatures({ candidate }: Material): Features {
  const { lexical, vector, fields, similarity, score } = candidate;
  return {
    lexicalScore: lexical?.score ?? 0,
    lexicalPlace: lexical === undefined ? 0 : 1 / (5 + lexical.rank),
    vectorPlace: vector === undefined ? 0 : 1 / (5 + vector.rank),
    similarity,
    fused: score,
    bm25Own: fields.own,
    bm25Subject: fields.subject,
    bm25Quoted: fields.quoted,
    bm25Parent: fields.parent,
    bm25Opening: fields.opening,
  };
}
