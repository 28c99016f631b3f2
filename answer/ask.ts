import type { Library } from '../index/library.js';
import type { Answer } from './answer.js';
import { followed } from './followed.js';
import { answers, found, type AskOptions, type Outcome } from './outcome.js';
import { asksNothing } from './question/courtesy.js';
import { checkFilter } from './question/narrowing.js';
import { parseQuery, type Query } from './question/query.js';
import { rephrased } from './question/rephrase.js';
import type { AskRequest } from './question/request.js';
import { topicNow, type Topic } from './question/topic.js';
import { nearestThreads } from './silence/nearest.js';
import { searchedOf } from './silence/searched.js';

export type { AskOptions } from './outcome.js';

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
export async function understood(library: Library, request: AskRequest): Promise<Query> {
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

async function answered(library: Library, query: Query, topic: Topic | null, options: AskOptions): Promise<Outcome> {
  if (asksNothing(query, topic === null))
    return { query, quotes: [], sure: 0, near: [], silence: { kind: 'no-question' }, topic };
  return topic === null ? found(library, query, options) : followed(library, query, topicNow(library, topic), options);
}
