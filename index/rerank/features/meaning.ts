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
      meaningMean: own.mean,
      meaningSubject: subject.whole,
      meaningQuoted: quoted.whole,
      meaningParent: parent.whole,
      meaningOpening: opening.whole,
      bestQuoted: quoted.best,
      bestParent: parent.best,
      bestOpening: opening.best,
      bestAround: Math.max(quoted.best, parent.best, opening.best),
      askedQuoted: quoted.asking,
      askedParent: parent.asking,
      askedOpening: opening.asking,
      askedAround: Math.max(quoted.asking, parent.asking, opening.asking),
      nearOwn: nearlyCovered(question, [own]),
      nearQuoted: nearlyCovered(question, [quoted]),
      nearParent: nearlyCovered(question, [parent]),
      nearOpening: nearlyCovered(question, [opening]),
      nearClose: nearlyCovered(question, [own, quoted, subject]),
      nearAll: nearlyCovered(question, [own, quoted, parent, opening, subject]),
    };
  };
}
