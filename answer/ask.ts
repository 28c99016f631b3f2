import type { Hit, Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { Answer, Quote, Silence } from './answer.js';
import { askedOf } from './asked.js';
import { confidence, leastConfidence } from './silence/confidence.js';
import { evidenceOf } from './silence/evidence.js';
import { checkFilter, silenceOf } from './question/narrowing.js';
import { followUp, isQuestion, threadsOf } from './question/followup.js';
import { hitsFor } from './hits.js';
import { nearestThreads } from './silence/nearest.js';
import { parseQuery, type Query } from './question/query.js';
import { choicesOf, ranked } from './rank.js';
import { rephrased } from './question/rephrase.js';
import type { AskRequest } from './question/request.js';
import { messagesOf, searchedOf } from './silence/searched.js';
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
  const query = await understood(library, request);
  const outcome = await (isQuestion(request.afterQuestion)
    ? followed(library, query, await understood(library, beforeOf(request, request.afterQuestion)), options)
    : found(library, query, options));
  const { quotes, hits, sure, silence } = outcome;
  const common = {
    question: request.question,
    searched: searchedOf(library, outcome.query.filter),
    confidence: quotes.length === 0 ? 0 : sure,
  };
  if (quotes.length > 0 && (sure >= leastConfidence || options.everUnsure === true))
    return { kind: 'found', quotes, ...common };
  const nearest = nearestThreads(library, hits, 3);
  return { kind: 'nothing-found', nearest, ...(silence === null ? {} : { silence }), ...common };
}

/** A question's words, put right and in the words in which an answer would speak, and what it is asked of. */
async function understood(library: Library, request: AskRequest): Promise<Query> {
  const query = parseQuery(library, request);
  checkFilter(library, query.filter);
  return { ...query, text: rephrased(await library.corrected(query.text)) };
}

/** The question before, as it was asked of the same lists. */
function beforeOf({ lists }: AskRequest, question: string): AskRequest {
  return { question, ...(lists === undefined ? {} : { lists }) };
}

/** What a search for a query came to. */
interface Outcome {
  readonly query: Query;
  /** Best first. */
  readonly hits: readonly Hit[];
  readonly quotes: readonly Quote[];
  /** How likely the quotes answer. */
  readonly sure: number;
  /** Why there are none, where that is known. */
  readonly silence: Silence | null;
}

async function found(library: Library, query: Query, { onRejected }: AskOptions): Promise<Outcome> {
  const hits = await hitsFor(library, query);
  const asked = askedOf(query.text, hits, query.authorHint, await openWordVectors());
  const choices = ranked(choicesOf(library, asked, hits, query), query, hits.length);
  const quotes = quotesOf(library, choices, query.limit, onRejected);
  const evidence = evidenceOf(asked, hits);
  const sure = evidence === null ? 0 : confidence(evidence, messagesOf(library, query.filter));
  return { query, hits, quotes, sure, silence: hits.length > 0 ? null : silenceOf(library, query.filter) };
}

/** The thread of the question before is preferred; whose words of it are asked for is looked for there, and nowhere else. */
async function followed(library: Library, alone: Query, previous: Query, options: AskOptions): Promise<Outcome> {
  const before = await found(library, previous, {});
  const threads = threadsOf(library, before);
  const { query, leans } = followUp(alone, previous, threads[0] ?? null);
  // Where the question before had no answer, no thread is at hand.
  const shown = before.sure >= leastConfidence || options.everUnsure === true;
  const voice = shown ? await voiceInThread(library, query, threads) : nobody;
  if (voice.kind === 'none') return found(library, query, options);
  if (voice.kind === 'heard' && !leans) return found(library, { ...query, authorHint: voice.speaker }, options);
  if (voice.kind === 'unheard') {
    if (!leans) return found(library, query, options);
    return { query, hits: before.hits, quotes: [], sure: 0, silence: voice.silence };
  }
  const { hits, speaker } = voice;
  const asked = askedOf(query.text, [...hits, ...before.hits], speaker, await openWordVectors());
  const choices = ranked(choicesOf(library, asked, hits, query), query, hits.length);
  const quotes = quotesOf(library, choices, query.limit, options.onRejected);
  // That this is the thread is as sure as the answer before; that it is the person, names say.
  return { query, hits: [...hits, ...before.hits], quotes, sure: before.sure, silence: null };
}
