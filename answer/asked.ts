import type { Hit } from '../index/library.js';
import { openMeaning, type Meaning } from '../index/rerank/meaning.js';
import { rankedQuestion, type RankedQuestion } from '../index/rerank/question.js';
import type { WordVectors } from '../index/word-vectors.js';
import { personKey } from './question/person.js';
import { rarity, termsOf, type Term } from './terms.js';

/** What form an answer to a question has, as far as its words tell. */
export type AnswerForm = 'reason' | 'amount' | 'advice' | 'person' | 'time' | 'any';

/** A question ready to be compared with passages. */
export interface Asked {
  /** Distinct terms that any passage found holds, each with its weight: how rare it is among those passages. */
  readonly weights: ReadonlyMap<Term, number>;
  /** Distinct terms that none of them holds: paraphrases, or what the archive does not speak of. */
  readonly absent: ReadonlySet<Term>;
  /** Terms that follow each other in the question, function words aside: together they say more than apart. */
  readonly pairs: readonly (readonly [Term, Term])[];
  readonly form: AnswerForm;
  /** The question as texts are compared with it in meaning, and the comparison. */
  readonly ranked: RankedQuestion;
  readonly meaningOf: (text: string) => Meaning;
  readonly authorHint: string | null;
}

const forms: readonly (readonly [AnswerForm, RegExp])[] = [
  ['reason', /\bwhy\b|\breasons?\b|\bpurpose\b|\bwhat for\b|\bcauses?d?\b|\bculprit\b|\bhow come\b/i],
  ['amount', /\bhow (?:many|much|far|big|large|fast|slow|often|long)\b|\bwhich (?:version|release|commit|size)\b/i],
  ['time', /\bwhen\b|\bwhat (?:year|date)\b/i],
  ['person', /^\s*who\b|\bwho(?:se|m)?\b/i],
  [
    'advice',
    /\bhow (?:do|can|should|to|would)\b|\b(?:fix|workaround|solve|avoid|work around)\b|\bshould (?:i|we)\b|\bcan i\b/i,
  ],
];

/** Weighs the words of a question by the passages it found; the name of whom it asks about says nothing about what was said. */
export function askedOf(question: string, hits: readonly Hit[], authorHint: string | null, words: WordVectors): Asked {
  const documents = hits.map(({ passage }) => termsOf(Object.values(passage.fields).join('\n')));
  const weigh = rarity(documents);
  const held = new Set(documents.flat());
  const nameParts = new Set(authorHint === null ? [] : [...termsOf(authorHint), ...personKey(authorHint).split(' ')]);
  const weights = new Map<Term, number>();
  const absent = new Set<Term>();
  for (const term of termsOf(question)) {
    if (nameParts.has(term)) continue;
    if (held.has(term)) weights.set(term, weigh(term));
    else absent.add(term);
  }
  const form = forms.find(([, pattern]) => pattern.test(question))?.[0] ?? 'any';
  const ranked = rankedQuestion(question, weigh);
  const pairs = pairsOf([...weights.keys()]);
  return { weights, absent, pairs, form, ranked, meaningOf: openMeaning(ranked, words), authorHint };
}

function pairsOf(terms: readonly Term[]): [Term, Term][] {
  return terms.slice(1).map((term, before) => [terms[before] ?? term, term]);
}

/** The share, 0 to 1, of the question's pairs that stand close together in `terms`, in either order. */
export function closeness(asked: Asked, terms: readonly Term[]): number {
  if (asked.pairs.length === 0) return 0;
  const near = (a: Term, b: Term): boolean =>
    terms.some((term, at) => term === a && terms.slice(Math.max(0, at - farthest), at + farthest + 1).includes(b));
  return asked.pairs.filter(([a, b]) => near(a, b)).length / asked.pairs.length;
}

/** Terms further apart than this say nothing about each other. */
const farthest = 3;

/** The share, 0 to 1, of the question's weight that `terms` hold; 0 where none of its words is known. */
export function coverage(asked: Asked, terms: ReadonlySet<Term>): number {
  let held = 0;
  let all = 0;
  for (const [term, weight] of asked.weights) {
    all += weight;
    if (terms.has(term)) held += weight;
  }
  return all === 0 ? 0 : held / all;
}
