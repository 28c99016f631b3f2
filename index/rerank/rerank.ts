import type Database from 'better-sqlite3';
import type { Identities } from '../identities.js';
import type { Passages } from '../passages.js';
import type { Rerank } from '../search.js';
import { openWordVectors } from '../word-vectors.js';
import { featuresOf } from './features.js';
import { linearScores, standardised, type FeatureTable, type LinearModel } from './linear.js';
import { openMaterial } from './material.js';
import { bundledRanker } from './model.js';
import { rankedQuestion } from './question.js';

/**
 * The learnt second look at what words and vectors found: a weighted sum of measures of question, passage, message and thread. Scores order
 * the candidates of one question. Candidates that are gone meanwhile come last.
 */
export function openRerank(
  db: Database.Database,
  identities: Identities,
  passages: Passages,
  weightOf: (stem: string) => number,
  model: LinearModel = bundledRanker(),
): Rerank {
  const materialOf = openMaterial(db, identities, passages);
  return async (question, candidates) => {
    const materials = materialOf(candidates);
    const table = featuresOf(rankedQuestion(question, weightOf), materials, await openWordVectors());
    const ranked = temperedScores(table, model, materials.length);
    const scores = new Map(materials.map(({ candidate }, at) => [candidate.key, ranked[at] ?? 0]));
    return candidates.map(({ key }) => scores.get(key) ?? -Infinity);
  };
}

/** With fewer candidates than these, the model is trusted in part: it was fitted where 80 compete. */
const COMPETING = 50;

/**
 * In a small archive, or under a narrow filter, nearly everything is a candidate: which of them stand out in form and place is chance, and the
 * order that words and vectors gave counts the more.
 */
function temperedScores(table: FeatureTable, model: LinearModel, count: number): Float64Array {
  const learnt = linearScores(table, model, count);
  const found = standardised(table.get('fused') ?? new Float64Array(count));
  const trust = Math.min(1, count / COMPETING);
  const spread = Math.sqrt(learnt.reduce((sum, score) => sum + score * score, 0) / count);
  return learnt.map((score, at) => trust * score + (1 - trust) * spread * (found[at] ?? 0));
}
