import type { Library } from '../index/library.js';
import type { Query } from './query.js';
import { parseQuery } from './query.js';
import { termsOf } from './terms.js';

/** "And what did Andrew say to that?" has hardly a word of its own: so few, and it leans on the question before. */
const leaningTerms = 4;
const leaningPattern =
  /^\s*(?:and|but|so|also|then)\b|\b(?:that|this|it|they|them|those|these|he|she|him|her|there)\b/i;

/** Joins a question with the one before it: its words help where this one leans on it, and its thread is preferred in either case. */
export function followUp(library: Pick<Library, 'authors'>, query: Query, afterQuestion: string | undefined): Query {
  if (afterQuestion === undefined || !/[\p{L}\p{N}]/u.test(afterQuestion)) return query;
  const before = parseQuery(library, { question: afterQuestion });
  const filter = { ...before.filter, ...query.filter };
  const leans = leaningPattern.test(query.text) || termsOf(query.text).length <= leaningTerms;
  const text = leans ? `${query.text} ${before.text}` : query.text;
  return { ...query, text, filter, previous: before.text };
}
