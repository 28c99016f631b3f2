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

/** Best first: the place that the search gave a hit, how well its sentences fit, who speaks, and whether it is the thread at hand. */
function ranked(
  messages: readonly MessageChoices[],
  { authorHint, previous }: Query,
  preferred: string | null,
  found: number,
): MessageChoices[] {
  // Less than was asked for is all that shares a word with the question: its order says little, the sentences say more.
  const small = found < mostHits && previous === null;
  const bestFit = Math.max(...messages.map(([{ fit }]) => fit), Number.EPSILON);
  return messages
    .map((choices, place) => {
      const [choice] = choices;
      const speaks = authorHint !== null && answersTo(choice.hit.passage.speaker.name ?? '', authorHint);
      const here = preferred !== null && choice.message.rootId === preferred;
      const standing = 1 / (1 + place / slope);
      // A message that opens a thread with a question fits that question best, and does not answer it.
      const fitGain = small && !opensAsking(choice) ? gains.fitInSmall : gains.fit;
      const score =
        standing + fitGain * (choice.fit / bestFit) + (speaks ? gains.asked : 0) + (here ? gains.thread : 0);
      return { choices, score };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ choices }) => choices);
}

function opensAsking({ message, hit }: Choice): boolean {
  return message.parentId === null && hit.passage.fields.own.includes('?');
}

/** The quotes that are shown: those that are worth most, by the rank of their message; no near-duplicates, all of them through the gate. */
function quotesOf(
  library: Library,
  ranked: readonly MessageChoices[],
  { limit }: Query,
  { onRejected }: AskOptions,
): Quote[] {
  const shown: { readonly rank: number; readonly quote: Quote }[] = [];
  for (const { choice, rank, worth } of withoutNearDuplicates(byWorth(ranked), (item) => item.choice.text)) {
    if (shown.length >= limit) break;
    const draft = composeQuote(library, choice, worth, statusOf(library, choice.message, choice));
    const verdict = verifyQuote(library, draft);
    if (verdict.kind === 'verified') shown.push({ rank, quote: verdict.quote });
    else onRejected?.(draft, verdict.reason);
  }
  shown.sort((a, b) => a.rank - b.rank);
  return inConversationOrder(
    library,
    shown.map(({ quote }) => quote),
  );
}

/**
 * How quickly messages answer less with their rank: a third of the questions of the training sets by the first, a sixth by the second, a
 * twentieth by the sixth. 2 did as well there, 0.6 worse.
 */
const decline = 1.2;

interface Worthy {
  readonly choice: Choice;
  /** Of its message, from 0. */
  readonly rank: number;
  /** How likely it answers, against the other choices: that its message does, times that this is where. */
  readonly worth: number;
}

/** All that can be quoted, the likeliest to answer first: a second quote of the first message may come before the first of the fourth. */
function byWorth(ranked: readonly MessageChoices[]): Worthy[] {
  return ranked
    .flatMap((choices, rank) =>
      choices.map((choice) => ({ choice, rank, worth: choice.chance / (1 + decline * rank) })),
    )
    .sort((a, b) => b.worth - a.worth);
}
