import type { Hit, Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { Answer, Quote } from './answer.js';
import { askedOf, type Asked } from './asked.js';
import { chooseSentences, type Choice } from './choose.js';
import { composeQuote } from './compose.js';
import { confidence, leastConfidence } from './confidence.js';
import { inConversationOrder } from './conversation.js';
import { withoutNearDuplicates } from './duplicates.js';
import { evidenceOf } from './evidence.js';
import { followUp } from './followup.js';
import { nearestThreads } from './nearest.js';
import { answersTo } from './person.js';
import { parseQuery, type Query } from './query.js';
import type { AskRequest } from './request.js';
import { searchedOf } from './searched.js';
import { statusOf } from './status.js';
import { verifyQuote, type QuoteDraft, type Rejection } from './verify.js';

/** What the caller may want to hear of besides the answer. */
export interface AskOptions {
  /** A quote that the gate held back: the store is damaged, or a passage was cut wrongly. */
  readonly onRejected?: (draft: QuoteDraft, reason: Rejection) => void;
  /** Answer however unsure: for measuring rankings that confidence is not fitted on. */
  readonly everUnsure?: boolean;
}

/** So many hits are looked at for the quotes of one answer. */
const mostHits = 30;
/** More hits than quotes are read for their sentences: some say what another says, and the fit of sentences moves a hit by some places. */
const spare = 4;
/** How much it counts that the question asks for this speaker's words, that the thread is the one at hand, and how well the sentences fit. */
const gains = { asked: 0.35, thread: 0.25, fit: 0.1, fitInSmall: 0.6 };
/** A hit at this place has half the standing of the first. */
const slope = 8;

/**
 * Answers a question from the archive in verbatim quotes, best first (quotes of one thread in the order of the conversation), or says that
 * the archive does not answer. Throws `QuestionError` where the question holds no words or a filter cannot be read.
 */
export async function ask(library: Library, request: AskRequest, options: AskOptions = {}): Promise<Answer> {
  const query = followUp(library, parseQuery(library, request), request.afterQuestion);
  const hits = await hitsFor(library, query);
  const asked = askedOf(query.text, hits, query.authorHint, await openWordVectors());
  const preferred = await threadAtHand(library, query);
  const choices = ranked(choicesOf(library, asked, hits, query), query, preferred, hits.length);
  const quotes = quotesOf(library, choices, query, options);
  const evidence = evidenceOf(asked, hits);
  const searched = searchedOf(library, query.filter);
  const sure = quotes.length === 0 || evidence === null ? 0 : confidence(evidence, searched.messages);
  const common = { question: request.question, searched, confidence: sure };
  if (quotes.length > 0 && (sure >= leastConfidence || options.everUnsure === true))
    return { kind: 'found', quotes, ...common };
  return { kind: 'nothing-found', nearest: nearestThreads(library, hits, 3), ...common };
}

/** The hits, and where the question asks for somebody's words, those found among that person's too. */
async function hitsFor(library: Library, { text, filter, authorHint }: Query): Promise<Hit[]> {
  const hits = await library.search({ question: text, filter, limit: mostHits });
  if (authorHint === null) return hits;
  const theirs = await library.search({
    question: text,
    filter: { ...filter, author: authorHint },
    limit: mostHits / 3,
  });
  return merged(theirs, hits);
}

/** Two rankings in turns, each hit once. */
function merged(first: readonly Hit[], second: readonly Hit[]): Hit[] {
  const hits = new Map<number, Hit>();
  for (let place = 0; place < Math.max(first.length, second.length); place += 1) {
    for (const hit of [first[place], second[place]])
      if (hit !== undefined && !hits.has(hit.passage.key)) hits.set(hit.passage.key, hit);
  }
  return [...hits.values()];
}

/** The thread that the question before was about; null where there was none. */
async function threadAtHand(library: Library, { previous, filter }: Query): Promise<string | null> {
  if (previous === null) return null;
  const [best] = await library.search({ question: previous, filter: { ...filter }, limit: 1 });
  return best === undefined ? null : (library.message(best.passage.messageId)?.rootId ?? null);
}

/** What can be quoted of one message, best first. */
type MessageChoices = readonly [Choice, ...Choice[]];

/**
 * What can be quoted of each hit. Further down than the first ones, a hit is quoted only where its place says little: among the few messages of
 * a small archive, or where somebody's words or a thread are preferred.
 */
function choicesOf(
  library: Library,
  asked: Asked,
  hits: readonly Hit[],
  { authorHint, previous, limit }: Query,
): MessageChoices[] {
  const placed = hits.length >= mostHits && authorHint === null && previous === null;
  return hits.slice(0, placed ? limit + spare : hits.length).flatMap((hit) => {
    const message = library.message(hit.passage.messageId);
    const [best, ...more] = message === null ? [] : chooseSentences(asked, hit, message);
    return best === undefined ? [] : [[best, ...more] as const];
  });
}

interface Ranked {
  readonly choice: Choice;
  /** What else of the same message could be quoted. */
  readonly more: readonly Choice[];
  readonly score: number;
}

/** Best first: the place that the search gave a hit, how well its sentences fit, who speaks, and whether it is the thread at hand. */
function ranked(
  choices: readonly MessageChoices[],
  { authorHint, previous }: Query,
  preferred: string | null,
  found: number,
): Ranked[] {
  // Less than was asked for is all that shares a word with the question: its order says little, the sentences say more.
  const small = found < mostHits && previous === null;
  const bestFit = Math.max(...choices.map(([{ fit }]) => fit), Number.EPSILON);
  return choices
    .map(([choice, ...more], place) => {
      const speaks = authorHint !== null && answersTo(choice.hit.passage.speaker.name ?? '', authorHint);
      const here = preferred !== null && choice.message.rootId === preferred;
      const standing = 1 / (1 + place / slope);
      // A message that opens a thread with a question fits that question best, and does not answer it.
      const fitGain = small && !opensAsking(choice) ? gains.fitInSmall : gains.fit;
      const score =
        standing + fitGain * (choice.fit / bestFit) + (speaks ? gains.asked : 0) + (here ? gains.thread : 0);
      return { choice, more, score };
    })
    .sort((a, b) => b.score - a.score);
}

function opensAsking({ message, hit }: Choice): boolean {
  return message.parentId === null && hit.passage.fields.own.includes('?');
}

/** The quotes that are shown: no near-duplicates, all of them through the gate. */
function quotesOf(library: Library, choices: readonly Ranked[], { limit }: Query, { onRejected }: AskOptions): Quote[] {
  const quotes: Quote[] = [];
  for (const { choice, score } of withoutNearDuplicates(withSecond(choices, limit), (item) => item.choice.text)) {
    if (quotes.length >= limit) break;
    const draft = composeQuote(library, choice, score, statusOf(library, choice.message, choice));
    const verdict = verifyQuote(library, draft);
    if (verdict.kind === 'verified') quotes.push(verdict.quote);
    else onRejected?.(draft, verdict.reason);
  }
  return inConversationOrder(library, quotes);
}

/** A second quote of a message must fit half as well as its first. */
const secondShare = 0.5;

/**
 * One quote of each message, and two of the best one: on the training sets, its second-best sentences answer more often than the best
 * sentences of the message at the fifth place.
 */
function withSecond(choices: readonly Ranked[], limit: number): readonly Ranked[] {
  const [best, ...others] = choices;
  const second = best?.more.find(({ fit }) => fit >= secondShare * best.choice.fit);
  if (best === undefined || second === undefined || limit < 3) return choices;
  return [best, { ...best, choice: second }, ...others];
}
