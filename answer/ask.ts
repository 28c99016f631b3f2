import type { Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { MessageId } from '../mail/message-id.js';
import type { Answer, Quote, Silence } from './answer.js';
import { askedOf } from './asked.js';
import { confidence, leastConfidence } from './silence/confidence.js';
import { evidenceOf } from './silence/evidence.js';
import { asksNothing } from './question/courtesy.js';
import { checkFilter, silenceOf } from './question/narrowing.js';
import { followUp, leansOn } from './question/followup.js';
import { hitsFor, mostHits } from './hits.js';
import { nearestThreads } from './silence/nearest.js';
import { parseQuery, type Query } from './question/query.js';
import { choicesOf, ranked } from './rank.js';
import { rephrased } from './question/rephrase.js';
import type { AskRequest } from './question/request.js';
import { messagesOf, searchedOf } from './silence/searched.js';
import { threadsOf, topicNow, turnedTo, type Topic } from './question/topic.js';
import { quotesOf } from './quote/shown.js';
import { nobody, voiceInThread } from './question/turn.js';
import type { QuoteDraft, Rejection } from './quote/verify.js';

/** What the caller may want to hear of besides the answer. */
export interface AskOptions {
  /** A quote that the gate held back: the store is damaged, or a passage was cut wrongly. */
  readonly onRejected?: (draft: QuoteDraft, reason: Rejection) => void;
  /** Answer however unsure: for measuring rankings that confidence is not fitted on. */
  readonly everUnsure?: boolean;
}

/**
 * Answers a question from the archive in verbatim quotes, best first (quotes of one thread in the order of the conversation), or says that
 * the archive does not answer. Throws `QuestionError` where the question holds no words, a filter cannot be read, or a list is none of the
 * archive's.
 */
export async function ask(library: Library, request: AskRequest, options: AskOptions = {}): Promise<Answer> {
  const topic = request.topic ?? (await topicAfter(library, request, options));
  const outcome = await answered(library, await understood(library, request), topic, options);
  const { query, quotes, near, sure, silence } = outcome;
  const common = {
    question: request.question,
    searched: searchedOf(library, query),
    confidence: quotes.length === 0 ? 0 : sure,
    ...(outcome.topic === null ? {} : { topic: outcome.topic }),
  };
  if (answers(outcome, options)) return { kind: 'found', quotes, ...common };
  const nearest = nearestThreads(library, near, 3);
  return { kind: 'nothing-found', nearest, ...(silence === null ? {} : { silence }), ...common };
}

/** A question's words, put right and in the words in which an answer would speak, and what it is asked of. */
async function understood(library: Library, request: AskRequest): Promise<Query> {
  const query = parseQuery(library, request);
  checkFilter(library, query.filter);
  const text = await library.corrected(query.text);
  return { ...query, text: rephrased(text), corrected: text === query.text ? null : text };
}

/** What the conversation is about after the questions before, each asked of the same lists and in the light of those before it. */
async function topicAfter(
  library: Library,
  { lists, afterQuestion = [] }: AskRequest,
  { everUnsure = false }: AskOptions,
): Promise<Topic | null> {
  let topic: Topic | null = null;
  for (const question of [afterQuestion].flat().filter((text) => /[\p{L}\p{N}]/u.test(text))) {
    const query = await understood(library, { question, ...(lists === undefined ? {} : { lists }) });
    ({ topic } = await answered(library, query, topic, { everUnsure }));
  }
  return topic;
}

/** What a search for a query came to. */
interface Outcome {
  readonly query: Query;
  readonly quotes: readonly Quote[];
  /** How likely the quotes answer. */
  readonly sure: number;
  /** Where to read on: messages, best first. */
  readonly near: readonly MessageId[];
  /** Why there are no quotes, where that is known. */
  readonly silence: Silence | null;
  /** What a question after this one may lean on. */
  readonly topic: Topic | null;
}

function answers({ quotes, sure }: Outcome, { everUnsure = false }: AskOptions): boolean {
  return quotes.length > 0 && (sure >= leastConfidence || everUnsure);
}

async function answered(library: Library, query: Query, topic: Topic | null, options: AskOptions): Promise<Outcome> {
  if (asksNothing(query, topic === null))
    return { query, quotes: [], sure: 0, near: [], silence: { kind: 'no-question' }, topic };
  return topic === null ? found(library, query, options) : followed(library, query, topicNow(library, topic), options);
}

async function found(
  library: Library,
  query: Query,
  { onRejected }: AskOptions,
): Promise<Outcome & { readonly topic: Topic }> {
  const hits = await hitsFor(library, query);
  const asked = askedOf(query.text, hits, query.authorHint, await openWordVectors());
  const choices = ranked(choicesOf(library, asked, hits, query), query, hits.length);
  const quotes = quotesOf(library, choices, query.limit, onRejected);
  const evidence = evidenceOf(asked, hits);
  const sure = evidence === null ? 0 : confidence(evidence, messagesOf(library, query.filter));
  const near = hits.map(({ passage }) => passage.messageId);
  const { text, filter } = query;
  const topic = { text, filter, threads: threadsOf(library, quotes, near[0] ?? null), sure };
  return { query, quotes, near, sure, silence: hits.length > 0 ? null : silenceOf(library, filter), topic };
}

/** The thread at hand is preferred; whose words of it are asked for is looked for there, and nowhere else. */
async function followed(library: Library, alone: Query, topic: Topic, options: AskOptions): Promise<Outcome> {
  const leans = await leansOn(library, alone, topic);
  const query = followUp(alone, topic, leans);
  // Where what was asked before had no answer, no thread is at hand.
  const shown = topic.sure >= leastConfidence || options.everUnsure === true;
  const voice = shown ? await voiceInThread(library, query, topic.threads) : nobody;
  if (!leans) {
    const authorHint = voice.kind === 'heard' ? voice.speaker : query.authorHint;
    return found(library, { ...query, authorHint }, options);
  }
  if (voice.kind === 'none') {
    const outcome = await found(library, query, options);
    const { threads } = outcome.topic;
    return { ...outcome, topic: answers(outcome, options) ? turnedTo(topic, threads) : topic };
  }
  if (voice.kind === 'unheard')
    return { query, quotes: [], sure: 0, near: topic.threads, silence: voice.silence, topic };
  const { hits, speaker, thread } = voice;
  const around = await library.search({ question: query.text, filter: { thread }, limit: mostHits });
  const asked = askedOf(query.text, [...hits, ...around], speaker, await openWordVectors());
  const choices = ranked(choicesOf(library, asked, hits, query), query, hits.length);
  const quotes = quotesOf(library, choices, query.limit, options.onRejected);
  const turned = turnedTo(topic, [thread]);
  // That this is the thread is as sure as the answer before; that it is the person, names say.
  return { query, quotes, sure: topic.sure, near: turned.threads, silence: null, topic: turned };
}
