import type { Hit } from '../index/library.js';
import { nearlyCovered } from '../index/rerank/meaning.js';
import { coverage, type Asked } from './asked.js';
import { termsOf } from './terms.js';

/** What speaks for and against the best hits being an answer. */
export interface Evidence {
  /** The ranking's score of the best hit. */
  readonly best: number;
  /** The share, 0 to 1, of the question's weight (rare words count most) that one of the first hits holds with its conversation. */
  readonly covered: number;
  /** The same, in the words of the passage itself. */
  readonly coveredOwn: number;
  /** The share, 0 to 1, of the question's words that no hit holds: an archive that answers speaks of most of them. */
  readonly absent: number;
  /** The share, 0 to 1, of the question's weight that words of one of the first hits with its conversation come near to in meaning. */
  readonly near: number;
  /** Cosine of the question and the closest sentence of the first hits. */
  readonly closest: number;
  /** Reciprocal places of the best hit among those that the words and the vectors found; 0 where one did not find it. */
  readonly byWords: number;
  readonly byVector: number;
}

/** So many hits are shown, and so judged. */
const JUDGED = 5;

/** Weighs up the hits of a question, best first; null where there are none. */
export function evidenceOf(asked: Asked, hits: readonly Hit[]): Evidence | null {
  const best = hits[0];
  if (best === undefined) return null;
  const held = hits.slice(0, JUDGED).map(({ passage }) => {
    const { own, subject, quoted, parent, opening } = passage.fields;
    const texts = [own, subject, quoted, parent, opening];
    const meanings = texts.map((text) => asked.meaningOf(text));
    return {
      own: new Set(termsOf(own)),
      all: new Set(termsOf(texts.join('\n'))),
      near: nearlyCovered(asked.ranked, meanings),
      closest: asked.meaningOf(own).best,
    };
  });
  const words = asked.weights.size + asked.absent.size;
  return {
    best: best.score,
    covered: Math.max(...held.map(({ all }) => coverage(asked, all))),
    coveredOwn: Math.max(...held.map(({ own }) => coverage(asked, own))),
    absent: asked.absent.size / Math.max(1, words),
    near: Math.max(...held.map(({ near }) => near)),
    closest: Math.max(...held.map(({ closest }) => closest)),
    byWords: best.ranks.lexical === undefined ? 0 : 1 / best.ranks.lexical,
    byVector: best.ranks.vector === undefined ? 0 : 1 / best.ranks.vector,
  };
}
