import type { Library, SearchFilter } from '../../index/library.js';
import { mostHits } from '../hits.js';
import { termsOf, type Term } from '../terms.js';
import { asksAgain, asksForReaction, fateAsked, withoutFate } from './forms.js';
import type { Query } from './query.js';
import type { Topic } from './topic.js';

/**
 * How a question leans on what was asked before: not at all; for its subject, which it takes elsewhere (`and with btrfs?`); or wholly, so that
 * the thread at hand is all that it can be about (`was it fixed?`).
 */
export type Leaning = 'alone' | 'wide' | 'here';

/** "And what did Andrew say to that?" */
const joining = /^\s*(?:and|but|so|also|then)\b/i;
const pointing = /\b(?:that|this|it|they|them|those|these|he|she|him|her|there)\b/i;
/** With more words of its own, a question points at them: of 239 written to stand alone, 86 hold such a word, and 3 of those so few others. */
const pointingTerms = 6;
/** "Was the patch applied?" has hardly a word of its own. */
const fewTerms = 4;
/**
 * A word that tells (`Library.weightOf`) this much of what one tells that the archive does not know is a subject. In the five archives that this
 * was looked at in, "merged", "version", "workaround" and "conclusion" tell 0.3 to 0.8 of it, names of programs and parts 0.9 and more.
 */
const subject = 0.85;

export async function leaningOf(library: Library, { text }: Query, { text: before, threads }: Topic): Promise<Leaning> {
  const terms = new Set(termsOf(text));
  const joins = joining.test(text);
  const points = pointing.test(text);
  if (!joins && terms.size > (points ? pointingTerms : fewTerms)) return 'alone';
  const [thread] = threads;
  if (terms.size === 0 || thread === undefined || asksAgain(text) || asksForReaction(text)) return 'here';
  const hits = await library.search({ question: text, filter: { thread }, limit: mostHits });
  const held = new Set(hits.flatMap(({ passage: { fields } }) => termsOf(`${fields.subject}\n${fields.own}`)));
  const lacking = [...terms].filter((term) => !held.has(term));
  // "Raid6 journal" is a subject, "kernel version" may be asked of the one at hand: its thread speaks of such words.
  if (!joins && terms.size > 1 && isBare(text) && lacking.length * 2 > terms.size) return 'alone';
  const spoken = new Set(termsOf(withoutFate(text)));
  const elsewhere = subjectsIn(library, lacking).filter((term) => spoken.has(term));
  if (elsewhere.length === 0) {
    // Who names what is spoken of, or asks the same once more, may mean what was shown.
    const asked = new Set(termsOf(before));
    const names = [...spoken].some((term) => asked.has(term)) || subjectsIn(library, spoken).length > 0;
    return names && fateAsked(text).length === 0 ? 'wide' : 'here';
  }
  // One word takes a subject elsewhere (`and with btrfs?`), two are one.
  return elsewhere.length > 1 && elsewhere.length * 2 >= terms.size && !points ? 'alone' : 'wide';
}

/** Of terms, those that say what is spoken of. */
export function subjectsIn(library: Pick<Library, 'weightOf'>, terms: Iterable<Term>): Term[] {
  const least = subject * library.weightOf('');
  return [...new Set(terms)].filter((term) => library.weightOf(term) >= least);
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
