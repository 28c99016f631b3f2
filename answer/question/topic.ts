import type { Library, SearchFilter } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Span } from '../../mail/span.js';
import type { Quote } from '../answer.js';

/** What a conversation has come to be about: what an answer hands on to the question after it. Plain data, which a bot may keep for months. */
export interface Topic {
  /** The question that opened it, as it was searched for. */
  readonly text: string;
  readonly filter: SearchFilter;
  /** Roots of the threads that were shown, the one at hand first. */
  readonly threads: readonly MessageId[];
  /** How likely (0 to 1) the answer that opened it did answer. */
  readonly sure: number;
  /** What was shown of the thread at hand so far, the first quote of the last answer first. Topics of earlier versions have none. */
  readonly shown?: readonly Shown[];
  /** Whom `he` or `she` means: who was quoted first in the last answer. */
  readonly person?: string;
}

/** Words that were shown, and the message that holds them. */
export interface Shown {
  readonly holderId: MessageId;
  readonly spans: readonly Span[];
}

/** The topic with its threads as the archive has them now: an earlier mail that came to light may have become the root of one. */
export function topicNow(library: Library, topic: Topic): Topic {
  return { ...topic, threads: unique(topic.threads.map((id) => library.thread(id)?.rootId ?? id)) };
}

/** The topic with one of its threads, or another one, at hand, after `quotes` were shown. */
export function turnedTo(topic: Topic, threads: readonly MessageId[], quotes: readonly Quote[]): Topic {
  const { shown = [], person } = shownIn(quotes);
  const now = {
    shown: [...shown, ...(topic.shown ?? [])].slice(0, mostShown),
    ...(person === undefined ? {} : { person }),
  };
  return { ...topic, ...now, threads: unique([...threads, ...topic.threads]).slice(0, mostThreads) };
}

/** What quotes leave for the question after them. */
export function shownIn(quotes: readonly Quote[]): Pick<Topic, 'shown' | 'person'> {
  const shown = quotes.flatMap(({ quotedBy, messageId, spans }) => {
    const holderId = quotedBy?.messageId ?? messageId;
    return holderId === null ? [] : [{ holderId, spans }];
  });
  const [first] = quotes;
  return first === undefined ? {} : { shown, person: first.speaker };
}

/** Of more quotes nobody remembers which they were. */
const mostShown = 30;

/** Whom a question names is looked for in so many threads: what was at hand longer ago is not meant. */
const mostThreads = 6;

/** The threads of quotes, the first one first; where there are none, the thread of the best hit. */
export function threadsOf(library: Library, quotes: readonly Quote[], best: MessageId | null): MessageId[] {
  const shown = quotes.map(({ quotedBy, messageId }) => quotedBy?.messageId ?? messageId);
  const ids = shown.length > 0 ? shown : [best];
  return unique(ids.flatMap((id) => (id === null ? [] : (library.message(id)?.rootId ?? []))));
}

function unique(ids: readonly MessageId[]): MessageId[] {
  return [...new Set(ids)];
}
