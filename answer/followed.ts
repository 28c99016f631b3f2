import type { Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import { askedOf } from './asked.js';
import { fromThread, isOneOf, outcomeOf } from './at-hand.js';
import { mostHits } from './hits.js';
import { answers, found, isSure, quoted, type AskOptions, type Outcome } from './outcome.js';
import { followUp, leaningOf, subjectsIn } from './question/followup.js';
import { asksForReaction, meantInstead, speaksOfPerson } from './question/forms.js';
import type { Query } from './question/query.js';
import { turnedTo, type Topic } from './question/topic.js';
import { termsOf } from './terms.js';
import { laterFirst } from './thread-at-hand.js';
import { nobody, voiceInThread, type Voice } from './question/turn.js';

/** Answers in a conversation: what leans on it from the thread at hand, whose words of it are asked for there and nowhere else. */
export async function followed(library: Library, asked: Query, topic: Topic, options: AskOptions): Promise<Outcome> {
  const meant = meantInstead(asked.text);
  if (meant !== null) return instead(library, { ...asked, text: meant }, topic, options);
  // Where what was asked before had no answer, no thread is at hand.
  const atHand = isSure(topic.sure, options);
  const leaning = await leaningOf(library, asked, topic);
  const query = followUp(asked, topic, leaning !== 'alone');
  const person = leaning !== 'alone' && speaksOfPerson(asked.text) ? (topic.person ?? null) : null;
  const voice = atHand ? await voiceInThread(library, query, topic.threads, person) : nobody;
  if (leaning === 'alone') {
    const authorHint = voice.kind === 'heard' ? voice.speaker : query.authorHint;
    return found(library, { ...query, authorHint }, options);
  }
  if (voice.kind === 'unheard')
    return { query, quotes: [], sure: 0, near: topic.threads, silence: voice.silence, topic };
  if (voice.kind === 'heard') return spoken(library, asked, query, voice, topic, options);
  const here = atHand && leaning === 'here' ? await fromThread(library, asked, query, topic, options) : null;
  if (here !== null) return here;
  const outcome = await found(library, query, options);
  if (!answers(outcome, options)) return { ...outcome, topic };
  return { ...outcome, topic: atHand ? turnedTo(topic, outcome.topic.threads, outcome.quotes) : outcome.topic };
}

/** What one speaker of the thread said: what was not shown yet, where there is such, and of a reaction what came after. */
async function spoken(
  library: Library,
  alone: Query,
  query: Query,
  { hits, speaker, thread }: Extract<Voice, { kind: 'heard' }>,
  topic: Topic,
  options: AskOptions,
): Promise<Outcome> {
  const around = await library.search({ question: query.text, filter: { thread }, limit: mostHits });
  const asked = askedOf(query.text, [...hits, ...around], speaker, await openWordVectors());
  const { shown = [] } = topic;
  const since = asksForReaction(alone.text)
    ? (library.message(shown[0]?.holderId ?? thread)?.date?.instant ?? null)
    : null;
  const ordered = since === null ? hits : laterFirst(hits, since);
  const unshown = quoted(library, asked, ordered, query, options, (choice) => !isOneOf(shown)(choice));
  const quotes = unshown.length > 0 ? unshown : quoted(library, asked, hits, query, options);
  return outcomeOf(query, quotes, topic, thread);
}

/** Whoever was not understood asks anew: nothing of what was shown is preferred, and where they name no subject, all of it is left aside. */
async function instead(library: Library, asked: Query, topic: Topic, options: AskOptions): Promise<Outcome> {
  const alone = subjectsIn(library, termsOf(asked.text)).length > 1;
  const query = { ...followUp(asked, topic, !alone), thread: null };
  return found(library, query, options, alone ? [] : (topic.shown ?? []));
}
