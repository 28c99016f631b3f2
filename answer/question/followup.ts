import type { Hit, Library, SearchFilter } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Quote } from '../answer.js';
import type { Query } from './query.js';
import { termsOf } from '../terms.js';

/** "And what did Andrew say to that?" has hardly a word of its own: so few, and it leans on the question before. */
const leaningTerms = 4;
const leaningPattern =
  /^\s*(?:and|but|so|also|then)\b|\b(?:that|this|it|they|them|those|these|he|she|him|her|there)\b/i;

export function isQuestion(text: string | undefined): text is string {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text);
}

/** A question joined with the one before it. */
export interface FollowUp {
  readonly query: Query;
  /** Whether it says what it asks about only together with the one before. */
  readonly leans: boolean;
}

/** Joins a question with the one before it: its words help where this one leans on it, and its thread is preferred in either case. */
export function followUp(query: Query, before: Query, thread: MessageId | null): FollowUp {
  const filter = { ...inherited(before.filter, query), ...query.filter };
  const leans = leaningPattern.test(query.text) || termsOf(query.text).length <= leaningTerms;
  const text = leans ? `${query.text} ${before.text}` : query.text;
  return { query: { ...query, text, filter, thread }, leans };
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

/** The threads that an answer showed, the first one first; of one that showed none, the thread of its best hit. */
export function threadsOf(
  library: Library,
  { quotes, hits }: { readonly quotes: readonly Quote[]; readonly hits: readonly Hit[] },
): MessageId[] {
  const shown = quotes.map(({ quotedBy, messageId }) => quotedBy?.messageId ?? messageId);
  const best = hits[0]?.passage.messageId ?? null;
  const ids = shown.length > 0 ? shown : [best];
  return [...new Set(ids.flatMap((id) => (id === null ? [] : (library.message(id)?.rootId ?? []))))];
}
