import type { Hit } from '../../index/library.js';
import { coverage, type Asked } from '../asked.js';
import { termsOf } from '../terms.js';

/** What speaks for and against the best hits being an answer. */
export interface Evidence {
  /** The ranking's score of the best hit: how far it stands out among what was found. */
  readonly best: number;
  /** The share, 0 to 1, of the question's words that no hit holds: an archive that answers speaks of most of them. */
  readonly absent: number;
  /** The share, 0 to 1, of the question's words that nothing in the best hit's conversation comes near to in meaning. */
  readonly unmet: number;
  /** Cosine of the question and the closest sentence that one of the first hits replies to, or its subject: it was asked before. */
  readonly around: number;
  /** Cosine of the question and all of a hit's conversation, of the first hits the closest. */
  readonly whole: number;
  /** Reciprocal place of the best hit among those that the vectors found; 0 where they did not find it. */
  readonly byVector: number;
  /** The share, 0 to 1, of the question's weight (rare words count most) that one of the first hits holds with its conversation. */
  readonly covered: number;
}

/** So many hits are shown, and so judged. */
const JUDGED = 5;
/** A word of the question with nothing as near as this, on a scale of 0 to 1, is not met. */
const MET = 0.5;

/** Weighs up the hits of a question, best first; null where there are none. */
export function evidenceOf(asked: Asked, hits: readonly Hit[]): Evidence | null {
  const best = hits[0];
  if (best === undefined) return null;
  const { ranked, meaningOf } = asked;
  const held = hits.slice(0, JUDGED).map(({ passage }) => {
    const { own, subject, quoted, parent, opening } = passage.fields;
    const conversation = [own, subject, quoted, parent, opening].join('\n\n');
    const replied = [quoted, parent, opening].map((text) => meaningOf(text).best);
    return {
      conversation,
      covered: coverage(asked, new Set(termsOf(conversation))),
      around: Math.max(meaningOf(subject).whole, ...replied),
    };
  });
  const { near } = meaningOf(held[0]?.conversation ?? '');
  return {
    best: best.score,
    absent: asked.absent.size / Math.max(1, asked.weights.size + asked.absent.size),
    unmet: near.filter((nearest) => nearest < MET).length / Math.max(1, ranked.terms.length),
    around: Math.max(...held.map(({ around }) => around)),
    whole: Math.max(...held.map(({ conversation }) => meaningOf(conversation).whole)),
    byVector: best.ranks.vector === undefined ? 0 : 1 / best.ranks.vector,
    covered: Math.max(...held.map(({ covered }) => covered)),
  };
}
