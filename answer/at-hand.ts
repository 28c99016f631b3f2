import type { Hit, Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { MessageId } from '../mail/message-id.js';
import type { Quote } from './answer.js';
import { askedOf } from './asked.js';
import { merged, mostHits } from './hits.js';
import { quoted, type AskOptions, type Outcome } from './outcome.js';
import { asksAgain, asksForReaction, fateAsked } from './question/forms.js';
import type { Query } from './question/query.js';
import { turnedTo, type Shown, type Topic } from './question/topic.js';
import type { Choice } from './quote/choose.js';
import { below, hasPatch, laterFirst, notesAsked, passageOf } from './thread-at-hand.js';
import { termsOf } from './terms.js';

/**
 * Answers what can only be about the thread at hand from that thread: what was shown, where that is asked about; what became of it; what was
 * said to it; else what else of the thread answers. Nothing is shown twice that was not asked for twice. Null where the thread holds no more.
 * `alone` is the question by itself, `query` the same joined with the topic.
 */
export async function fromThread(
  library: Library,
  alone: Query,
  query: Query,
  topic: Topic,
  options: AskOptions,
): Promise<Outcome | null> {
  const [thread] = topic.threads;
  const first = topic.shown?.[0];
  if (thread === undefined) return null;
  const show = async (
    hits: readonly Hit[],
    how: Query,
    mayShow: (choice: Choice) => boolean,
  ): Promise<Outcome | null> => {
    const asked = askedOf(how.text, hits, how.authorHint, await openWordVectors());
    const quotes = quoted(library, asked, hits, how, options, mayShow);
    return quotes.length === 0 ? null : outcomeOf(query, quotes, topic, thread);
  };
  if (first !== undefined && asksAgain(alone.text)) {
    const hits = await passageOf(library, topic.text, query.filter, first.holderId);
    const again = { ...query, text: topic.text, limit: 1 };
    return (await show(hits, again, isOneOf([first]))) ?? show(hits, again, () => true);
  }
  const unshown = (choice: Choice): boolean => !isOneOf(topic.shown ?? [])(choice);
  const fate = await fateHits(library, alone, query, topic);
  if (fate.length > 0) return show(fate, query, bestOfEach());
  const filter = { ...query.filter, thread };
  const search = (question: string): Promise<Hit[]> => library.search({ question, filter, limit: mostHits });
  const around = await search(query.text);
  if (first !== undefined && asksForReaction(alone.text)) {
    const replies = await repliesTo(library, first.holderId, query, around);
    const reaction = await show(replies, query, unshown);
    if (reaction !== null) return reaction;
  }
  const own = termsOf(alone.text).length === 0 ? [] : await search(alone.text);
  // Who says why is whoever said it, most often; what came of it was said later.
  const authorHint = own.length === 0 ? (topic.person ?? null) : null;
  const hits = merged(own, around);
  const since = own.length === 0 || first === undefined ? null : library.message(first.holderId)?.date;
  return show(since == null ? hits : laterFirst(hits, since.instant), { ...query, authorHint }, unshown);
}

/** What was said to a message: direct replies first, then what stands below them. */
async function repliesTo(
  library: Library,
  id: MessageId,
  { text, filter }: Query,
  around: readonly Hit[],
): Promise<Hit[]> {
  const { replies, deeper } = below(library, id);
  const direct = await Promise.all(replies.map((reply) => passageOf(library, text, filter, reply)));
  return merged(
    direct.flat(),
    around.filter(({ passage }) => deeper.has(passage.messageId)),
  ).sort((a, b) => Number(deeper.has(a.passage.messageId)) - Number(deeper.has(b.passage.messageId)));
}

/** The patch or the words whose fate is asked after, and the messages that tell it; empty where no message does. */
async function fateHits(library: Library, alone: Query, { filter }: Query, topic: Topic): Promise<Hit[]> {
  const kinds = fateAsked(alone.text);
  const ids = [...new Set((topic.shown ?? []).map(({ holderId }) => holderId))];
  const shown = (kinds.length === 0 ? [] : ids).flatMap((id) => library.message(id) ?? []);
  const here = shown.filter(({ rootId }) => rootId === topic.threads[0]);
  // A patch of another thread is meant only where the one at hand is about none.
  const meant = here.some((message) => hasPatch(library, message)) ? here : shown;
  for (const message of meant) {
    const told = notesAsked(library, message, kinds);
    if (told !== null) {
      const found = await Promise.all(told.map((id) => passageOf(library, topic.text, filter, id)));
      return found.flat();
    }
  }
  return [];
}

/** Lets through the best choice of each message. */
function bestOfEach(): (choice: Choice) => boolean {
  const seen = new Set<MessageId>();
  return ({ message: { messageId } }) => !seen.has(messageId) && seen.add(messageId).has(messageId);
}

/** Whether a choice is of words that were shown. */
export function isOneOf(shown: readonly Shown[]): (choice: Choice) => boolean {
  return ({ message, spans }) =>
    shown.some(
      ({ holderId, spans: others }) =>
        holderId === message.messageId &&
        spans.some((span) => others.some((other) => span.start < other.end && other.start < span.end)),
    );
}

/** That this is the thread is as sure as the answer before. */
export function outcomeOf(query: Query, quotes: readonly Quote[], topic: Topic, thread: MessageId): Outcome {
  const turned = turnedTo(topic, [thread], quotes);
  return { query, quotes, sure: topic.sure, near: turned.threads, silence: null, topic: turned };
}
