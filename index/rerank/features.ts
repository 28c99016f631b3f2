import type { WordVectors } from '../word-vectors.js';
import { openAmong } from './features/among.js';
import { formFeatures } from './features/form.js';
import { foundFeatures } from './features/found.js';
import { openMeaningFeatures } from './features/meaning.js';
import { threadFeatures } from './features/thread.js';
import { openWordFeatures } from './features/words.js';
import { columnsOf, type Features, type FeatureTable } from './linear.js';
import type { Material } from './material.js';
import type { RankedQuestion } from './question.js';

/** Measures every candidate of a question among the others that were found. */
export function featuresOf(question: RankedQuestion, materials: readonly Material[], words: WordVectors): FeatureTable {
  const measures: readonly ((material: Material) => Features)[] = [
    foundFeatures,
    openWordFeatures(question),
    openMeaningFeatures(question, words),
    (material) => formFeatures(question, material),
    (material) => threadFeatures(question, material),
    openAmong(materials),
  ];
  return new Map(measures.flatMap((measure) => columnsOf(materials.map(measure))));
}
