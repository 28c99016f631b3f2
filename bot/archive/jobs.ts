import { ask } from '../../answer/ask.js';
import type { Answer } from '../../answer/answer.js';
import { cite, type Citation } from '../../answer/cite.js';
import type { AskRequest } from '../../answer/request.js';
import { threadView, type ThreadView } from '../../answer/thread-view.js';
import type { Library, LibraryMessage, LibraryStats } from '../../index/library.js';
import { assertNever } from '../../mail/assert-never.js';
import { displayName } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Span } from '../../mail/span.js';
import { passageInContext, excerptOf, type PassageContext } from './context.js';

/** What the bot asks of the archive. Everything is plain data, so that it can be answered on another thread. */
export type Job =
  | { readonly kind: 'ask'; readonly request: AskRequest }
  | { readonly kind: 'cite'; readonly reference: string }
  | { readonly kind: 'context'; readonly messageId: MessageId; readonly spans: readonly Span[]; readonly text: string }
  | { readonly kind: 'thread'; readonly reference: string }
  | { readonly kind: 'authors'; readonly prefix: string; readonly limit: number }
  | { readonly kind: 'subjects'; readonly words: string; readonly limit: number }
  | { readonly kind: 'stats' };

/** A message that completion offers. */
export interface SubjectChoice {
  readonly messageId: MessageId;
  readonly author: string;
  readonly subject: string;
  readonly date: LibraryMessage['date'];
}

/** A message as `/cite` shows it. */
export interface CitedMessage {
  readonly citation: Citation;
  /** The beginning of what its author wrote; empty for messages that are not in the archive. */
  readonly excerpt: string;
}

/** What jobs give, by kind. */
export interface Results {
  readonly ask: { readonly answer: Answer; readonly rejected: number };
  readonly cite: readonly CitedMessage[];
  /** Null where the message is gone. */
  readonly context: PassageContext | null;
  readonly thread: ThreadView | null;
  readonly authors: readonly string[];
  readonly subjects: readonly SubjectChoice[];
  readonly stats: LibraryStats;
}

/** Answers one job from the library. Throws what `answer/` throws: `QuestionError`, and the index's own errors. */
export async function answerJob(library: Library, job: Job): Promise<Results[Job['kind']]> {
  switch (job.kind) {
    case 'ask': {
      let rejected = 0;
      const answer = await ask(library, job.request, { onRejected: () => (rejected += 1) });
      return { answer, rejected };
    }
    case 'cite':
      return cite(library, job.reference).map((citation) => ({
        citation,
        excerpt: excerptOf(library, citation.messageId),
      }));
    case 'context':
      return passageInContext(library, job.messageId, job.spans, job.text);
    case 'thread':
      return threadView(library, job.reference);
    case 'authors':
      return library.authors(job.prefix, job.limit);
    case 'subjects':
      return library.lookUp(job.words, job.limit).map(({ messageId, from, subject, date }) => ({
        messageId,
        author: displayName(from),
        subject,
        date,
      }));
    case 'stats':
      return library.stats();
    default:
      return assertNever(job);
  }
}
