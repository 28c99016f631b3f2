import type { WordVectors } from '../../word-vectors.js';
import type { Material } from '../material.js';
import { nearlyCovered, openMeaning } from '../meaning.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

/** How close in meaning a passage and its conversation come to the question. */
export function openMeaningFeatures(question: RankedQuestion, words: WordVectors): (material: Material) => Features {
  const read = openMeaning(question, words);
  return ({ fields }) => {
    const own = read(fields.own);
    const subject = read(fields.subject);
    const quoted = read(fields.quoted);
    const parent = read(fields.parent);
    const opening = read(fields.opening);
    return {
      meaningOwn: own.whole,
      meaningBest: own.best,
      meaningBestTwo: own.bestTwo,
      meaningSubject: subject.whole,
      bestParent: parent.best,
      bestAround: Math.max(quoted.best, parent.best, opening.best),
      askedQuoted: quoted.asking,
      askedParent: parent.asking,
      nearOwn: nearlyCovered(question, [own]),
      nearClose: nearlyCovered(question, [own, quoted, subject]),
      nearAll: nearlyCovered(question, [own, quoted, parent, opening, subject]),
    };
  };
}
