import type { Library, SearchFilter } from '../../index/library.js';
import { mostHits } from '../hits.js';
import { termsOf } from '../terms.js';
import type { Query } from './query.js';
import type { Topic } from './topic.js';

/** "And what did Andrew say to that?" */
const joining = /^\s*(?:and|but|so|also|then)\b/i;
const pointing = /\b(?:that|this|it|they|them|those|these|he|she|him|her|there)\b/i;
/** With more words of its own, a question points at them: of 239 written to stand alone, 86 hold such a word, and 3 of those so few others. */
const pointingTerms = 6;
/** "Was the patch applied?" has hardly a word of its own. */
const fewTerms = 4;

/** Whether a question says what it asks about only together with what was asked before. */
export async function leansOn(library: Library, { text }: Query, { threads }: Topic): Promise<boolean> {
  const terms = new Set(termsOf(text));
  if (joining.test(text)) return true;
  if (terms.size > (pointing.test(text) ? pointingTerms : fewTerms)) return false;
  const [thread] = threads;
  if (terms.size < 2 || !isBare(text) || thread === undefined) return true;
  // "Raid6 journal" is a subject, "kernel version" may be asked of the one at hand: its thread speaks of such words.
  const hits = await library.search({ question: text, filter: { thread }, limit: mostHits });
  const held = new Set(hits.flatMap(({ passage: { fields } }) => termsOf(`${fields.subject}\n${fields.own}`)));
  return [...terms].filter((term) => held.has(term)).length * 2 >= terms.size;
}

/** Whether every word of a text says what it is about: search words, no sentence. */
function isBare(text: string): boolean {
  return text.split(/\s+/).every((word) => !/[\p{L}\p{N}]/u.test(word) || termsOf(word).length > 0);
}

/** Joins a question with the topic at hand: its words help where this one leans on them, and its thread is preferred in either case. */
export function followUp(query: Query, topic: Topic, leans: boolean): Query {
  const filter = { ...inherited(topic.filter, query), ...query.filter };
  const text = leans ? `${query.text} ${topic.text}` : query.text;
  return { ...query, text, filter, thread: topic.threads[0] ?? null };
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
