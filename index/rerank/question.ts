import { queryTerms } from '../query-terms.js';
import { stemmed } from '../stem.js';

/** A question as passages are compared with it. */
export interface RankedQuestion {
  readonly text: string;
  /** Distinct stems, a word of each, and what it tells (`openTermWeights`), in the order of the question. */
  readonly terms: readonly { readonly stem: string; readonly word: string; readonly weight: number }[];
  readonly totalWeight: number;
  /** Indexes of the terms, the most telling first. */
  readonly rarest: readonly number[];
  /** Identifiers, paths, versions and quoted phrases, as patterns for lower-cased text: their words side by side. */
  readonly phrases: readonly RegExp[];
  /** Lower-cased words of the question that are written with a capital, the first word left out: names among them. */
  readonly capitals: ReadonlySet<string>;
}

/** Reads a question; `weightOf` says how telling a stem is. */
export function rankedQuestion(text: string, weightOf: (stem: string) => number): RankedQuestion {
  const terms = queryTerms(text).map((term) => term.slice(1, -1).split(' '));
  const singles = new Map(terms.flatMap(([word = '', ...more]) => (more.length === 0 ? [[stemmed(word), word]] : [])));
  const weighed = [...singles].map(([stem, word]) => ({ stem, word, weight: weightOf(stem) }));
  return {
    text,
    terms: weighed,
    rarest: [...weighed.keys()].sort((a, b) => (weighed[b]?.weight ?? 0) - (weighed[a]?.weight ?? 0)),
    totalWeight: weighed.reduce((sum, { weight }) => sum + weight, 0) || 1,
    phrases: terms
      .filter((words) => words.length > 1)
      .map((words) => new RegExp(words.join('[^\\p{L}\\p{N}]{1,3}'), 'u')),
    capitals: new Set([...text.matchAll(/(?<=\S\s+)\p{Lu}[\p{L}]+/gu)].map(([word]) => word.toLowerCase())),
  };
}
