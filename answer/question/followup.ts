import type { SearchFilter } from '../../index/library.js';
import { termsOf } from '../terms.js';
import type { Query } from './query.js';
import type { Topic } from './topic.js';

/** "Was the patch applied?" has hardly a word of its own: so few, and it leans on what was asked before. */
const fewTerms = 4;
/** "And what did Andrew say to that?" */
const joining = /^\s*(?:and|but|so|also|then)\b/i;
const pointing = /\b(?:that|this|it|they|them|those|these|he|she|him|her|there)\b/i;
/** With more words of its own, a question points at them: of 239 written to stand alone, 86 hold such a word, and 3 of those so few others. */
const pointingTerms = 6;

/** A question joined with what the conversation is about. */
export interface FollowUp {
  readonly query: Query;
  /** Whether it says what it asks about only together with what was asked before. */
  readonly leans: boolean;
}

/** Joins a question with the topic at hand: its words help where this one leans on them, and its thread is preferred in either case. */
export function followUp(query: Query, topic: Topic): FollowUp {
  const filter = { ...inherited(topic.filter, query), ...query.filter };
  const leans = leaning(query.text);
  const text = leans ? `${query.text} ${topic.text}` : query.text;
  return { query: { ...query, text, filter, thread: topic.threads[0] ?? null }, leans };
}

function leaning(text: string): boolean {
  return joining.test(text) || termsOf(text).length <= (pointing.test(text) ? pointingTerms : fewTerms);
}

/** What a filter says of a question that comes after its own. */
function inherited({ lists, author, after, before }: SearchFilter, { filter, names }: Query): SearchFilter {
  // Two spans of time, one from each question, may have no day in common, and two people no words.
  const dated = filter.after !== undefined || filter.before !== undefined;
  const named = names.full.length > 0 || names.alone.length > 0;
  return {
    ...(lists === undefined ? {} : { lists }),
    ...(author === undefined || named ? {} : { author }),
    ...(after === undefined || dated ? {} : { after }),
    ...(before === undefined || dated ? {} : { before }),
  };
}
