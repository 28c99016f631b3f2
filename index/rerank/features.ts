import type { WordVectors } from '../word-vectors.js';
import { openAmong } from './features/among.js';
import { formFeatures } from './features/form.js';
import { foundFeatures } from './features/found.js';
import { openMeaningFeatures } from './features/meaning.js';
import { threadFeatures } from './features/thread.js';
import { openTogetherFeatures } from './features/together.js';
import { openWordFeatures } from './features/words.js';
import { columnsOf, type Features, type FeatureTable } from './linear.js';
import { openFinder } from './matches.js';
import type { Material } from './material.js';
import type { RankedQuestion } from './question.js';

/** Measures every candidate of a question among the others that were found. */
export function featuresOf(question: RankedQuestion, materials: readonly Material[], words: WordVectors): FeatureTable {
  const find = openFinder(question);
  const measures: readonly ((material: Material) => Features)[] = [
    foundFeatures,
    openWordFeatures(question, find),
    openMeaningFeatures(question, words),
    (material) => formFeatures(question, material),
    (material) => threadFeatures(question, material),
    openAmong(materials),
    openTogetherFeatures(question, find, materials),
  ];
  const table = new Map(measures.flatMap((measure) => columnsOf(materials.map(measure))));
  // How far the first ones stand out counts beyond their distance: the conversations that come near to all that is asked are few.
  table.set('nearAllPlace', reciprocalPlaces(table.get('nearAll') ?? new Float64Array()));
  return table;
}

/** 1 / (5 + place), the greatest value at place 0; of equal values, the first. */
function reciprocalPlaces(column: Float64Array): Float64Array {
  const places = new Float64Array(column.length);
  const order = [...column.keys()].sort((a, b) => column[b]! - column[a]! || a - b);
  order.forEach((row, place) => (places[row] = 1 / (5 + place)));
  return places;
}
