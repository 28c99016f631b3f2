import type { Hit } from '../../index/library.js';
import { covered, heldBy, openFinder } from '../../index/rerank/matches.js';
import { rankedQuestion } from '../../index/rerank/question.js';
import { coverage, type Asked } from '../asked.js';
import { termsOf } from '../terms.js';

/** What speaks for and against the best hits being an answer. */
export interface Evidence {
  /** The highest score that the ranking gave: how far a hit stands out among what was found. */
  readonly best: number;
  /** The share, 0 to 1, of the question's words that no hit holds: an archive that answers speaks of most of them. */
  readonly absent: number;
  /** The share, 0 to 1, of all that the question's words tell in this archive which the best hit holds with its conversation. */
  readonly held: number;
  /** How near, 0 to 1, the best hit's conversation comes to the two most telling words: to the one it is further from. */
  readonly nearest: number;
  /** What a word of the question tells on average: words that are everywhere are met by chance. */
  readonly telling: number;
  /** Cosine of the question and the closest sentence that one of the first hits replies to, or its subject: it was asked before. */
  readonly around: number;
  /** Reciprocal place of the best hit among those that the vectors found; 0 where they did not find it. */
  readonly byVector: number;
  /** The share, 0 to 1, of the question's weight among what was found that one of the first hits holds with its conversation. */
  readonly covered: number;
}

/** So many hits are shown, and so judged. */
const JUDGED = 5;

/**
 * Weighs up the hits of a question, best first; null where there are none. `weightOf` says how telling a stem is in the archive: among the
 * hits, what the question turns on is as common as what it is put in.
 */
export function evidenceOf(asked: Asked, hits: readonly Hit[], weightOf: (stem: string) => number): Evidence | null {
  const best = hits[0];
  if (best === undefined) return null;
  const first = hits.slice(0, JUDGED);
  const question = rankedQuestion(asked.ranked.text, weightOf);
  const { near } = asked.meaningOf(conversationOf(best));
  return {
    best: Math.max(...hits.map(({ score }) => score)),
    absent: asked.absent.size / Math.max(1, asked.weights.size + asked.absent.size),
    held: covered(question, heldBy(openFinder(question), best.passage.fields).all),
    nearest: Math.min(1, ...question.rarest.slice(0, 2).map((term) => near[term] ?? 0)),
    telling: question.terms.length === 0 ? 0 : question.totalWeight / question.terms.length,
    around: Math.max(...first.map((hit) => aroundOf(asked, hit))),
    byVector: best.ranks.vector === undefined ? 0 : 1 / best.ranks.vector,
    covered: Math.max(...first.map((hit) => coverage(asked, new Set(termsOf(conversationOf(hit)))))),
  };
}

function conversationOf({ passage }: Hit): string {
  const { own, subject, quoted, parent, opening } = passage.fields;
  return [own, subject, quoted, parent, opening].join('\n\n');
}

function aroundOf({ meaningOf }: Asked, { passage }: Hit): number {
  const { subject, quoted, parent, opening } = passage.fields;
  return Math.max(meaningOf(subject).whole, ...[quoted, parent, opening].map((text) => meaningOf(text).best));
}
