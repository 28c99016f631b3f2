import { stemmer } from 'stemmer';
import { queryTerms } from '../query-terms.js';

/** What kind of answer a question asks for, as far as its words tell. */
export type QuestionKind = 'why' | 'how' | 'who' | 'amount' | 'choice' | 'other';

/** A question as passages are compared with it. */
export interface RankedQuestion {
  readonly text: string;
  readonly kind: QuestionKind;
  /** Distinct stems with what each tells (inverse document frequency among passages' own words), the order of the question. */
  readonly terms: readonly { readonly stem: string; readonly weight: number }[];
  readonly totalWeight: number;
  /** Indexes of the terms, the most telling first. */
  readonly rarest: readonly number[];
  /** Identifiers, paths, versions and quoted phrases, as patterns for lower-cased text: their words side by side. */
  readonly phrases: readonly RegExp[];
  /** Lower-cased words of the question that are written with a capital, the first word left out: names among them. */
  readonly capitals: ReadonlySet<string>;
}

const kinds: readonly (readonly [QuestionKind, RegExp])[] = [
  ['why', /\bwhy\b|\breasons?\b|\bhow come\b|\bwhat causes?d?\b/i],
  [
    'amount',
    /\bhow (?:many|much|far|big|large|fast|slow|often|long)\b|\bwhat (?:size|rate|version|value)\b|\bwhich (?:version|release|commit)\b/i,
  ],
  ['who', /\bwho(?:se|m)?\b/i],
  ['how', /\bhow\b|\b(?:fix|workaround|solve)\b|\bwhat should\b/i],
  ['choice', /^\s*(?:is|are|was|were|does|do|did|can|could|should|will|would|has|have)\b/i],
];

/** Reads a question; `weightOf` gives the inverse document frequency of a stem. */
export function rankedQuestion(text: string, weightOf: (stem: string) => number): RankedQuestion {
  const terms = queryTerms(text).map((term) => term.slice(1, -1).split(' '));
  const singles = new Set(terms.filter((words) => words.length === 1).map(([word]) => stemmed(word ?? '')));
  const weighed = [...singles].map((stem) => ({ stem, weight: weightOf(stem) }));
  return {
    text,
    kind: kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other',
    terms: weighed,
    rarest: [...weighed.keys()].sort((a, b) => (weighed[b]?.weight ?? 0) - (weighed[a]?.weight ?? 0)),
    totalWeight: weighed.reduce((sum, { weight }) => sum + weight, 0) || 1,
    phrases: terms
      .filter((words) => words.length > 1)
      .map((words) => new RegExp(words.join('[^\\p{L}\\p{N}]{1,3}'), 'u')),
    capitals: new Set([...text.matchAll(/(?<=\S\s+)\p{Lu}[\p{L}]+/gu)].map(([word]) => word.toLowerCase())),
  };
}

const stems = new Map<string, string>();
const MOST_STEMS = 100_000;

/** The stem of a lower-cased word (Porter 1980), as FTS5's tokenizer makes it; remembered, since words repeat. */
export function stemmed(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
