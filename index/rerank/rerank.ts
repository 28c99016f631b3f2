import type Database from 'better-sqlite3';
import type { Identities } from '../identities.js';
import type { Passages } from '../passages.js';
import type { Rerank } from '../search.js';
import { featuresOf } from './features.js';
import { openMaterial } from './material.js';
import { bundledRanker } from './model.js';
import { rankedQuestion } from './question.js';
import { scoreOf } from './trees.js';
import { openTermWeights } from './weights.js';

/**
 * The learnt second look at what words and vectors found: trees over measures of question, passage, message and thread. Scores order the
 * candidates of one question. Candidates that are gone meanwhile come last.
 */
export function openRerank(db: Database.Database, identities: Identities, passages: Passages): Rerank {
  const materialOf = openMaterial(db, identities, passages);
  const weightOf = openTermWeights(db);
  const model = bundledRanker();
  return (question, candidates) => {
    const materials = materialOf(candidates);
    const features = featuresOf(rankedQuestion(question, weightOf), materials);
    const scores = new Map(
      materials.map(({ candidate }, at) => [
        candidate.key,
        scoreOf(
          model,
          model.features.map((name) => features[at]?.[name] ?? 0),
        ),
      ]),
    );
    return candidates.map(({ key }) => scores.get(key) ?? -Infinity);
  };
}
