import type { MailDate } from '../mail/date.js';
import type { MessageId } from '../mail/message-id.js';
import type { Span } from '../mail/span.js';
import type { Topic } from './question/topic.js';

/** A link that says where it leads. */
export interface Permalink {
  readonly list: string;
  readonly url: string;
}

/**
 * What became of a quoted message: only what a text says, each with the message that says it; or what a patch tracker says of the patch (`tracked`),
 * `by` the tracker's host, in the tracker's own word and with its page. `series-applied` is said of all of a patch's series, not of the patch.
 */
export interface StatusNote {
  readonly kind:
    | 'superseded'
    | 'acked'
    | 'reviewed'
    | 'tested'
    | 'nacked'
    | 'objected'
    | 'corrected'
    | 'applied'
    | 'series-applied'
    | 'tracked';
  readonly by: string;
  readonly at: MailDate | null;
  /** The message that says so; of `tracked`, the patch. */
  readonly messageId: MessageId;
  /** The words that say so, verbatim. */
  readonly text: string;
  readonly permalinks: readonly Permalink[];
}

/** Words that somebody wrote, and everything needed to check that they did. */
export interface Quote {
  /** `textAt` of the holding message's text at `spans`: verbatim, quote markers left out. */
  readonly text: string;
  readonly spans: readonly Span[];
  readonly speaker: string;
  readonly saidAt: MailDate | null;
  /** The speaker's message; null where the words are recovered and their message's id is not known. */
  readonly messageId: MessageId | null;
  readonly subject: string;
  readonly list: string;
  /** Pages that show the words: of the speaker's message, or of the reply that quotes them. */
  readonly permalinks: readonly Permalink[];
  /** For recovered words, who quotes them and in which message; null for the speaker's own message. */
  readonly quotedBy: { readonly name: string; readonly messageId: MessageId; readonly at: MailDate | null } | null;
  readonly status: readonly StatusNote[];
  readonly score: number;
  /** The passage it was cut from: the short key for buttons. */
  readonly passageKey: number;
  /** Set by the verification gate alone. */
  readonly verified: true;
}

/** What was searched, so that an answer (and above all a refusal) can say so. */
export interface Searched {
  /** The question as it was searched for, where misspelt words of it were put right. */
  readonly words?: string;
  readonly lists: readonly string[];
  readonly messages: number;
  readonly first: MailDate | null;
  readonly last: MailDate | null;
  readonly author: string | null;
  readonly after: number | null;
  readonly before: number | null;
  readonly syncedAt: number | null;
}

export interface NearThread {
  readonly subject: string;
  /** Its messages are not what was stored: the subject is left out. */
  readonly damaged: boolean;
  readonly list: string;
  readonly rootId: MessageId;
  readonly last: MailDate | null;
  readonly permalinks: readonly Permalink[];
}

/** Why there is no answer, where that is known. */
export type Silence =
  /** There is nothing in the question that could be looked up: a greeting, thanks. */
  | { readonly kind: 'no-question' }
  /** Nobody of the name speaks in the conversation that the question before was about. */
  | { readonly kind: 'not-in-thread'; readonly name: string; readonly subject: string }
  /** Nobody in the archive has the name or address; the names that come nearest to it. */
  | { readonly kind: 'unknown-author'; readonly name: string; readonly nearest: readonly string[] };

interface AnswerBase {
  readonly question: string;
  readonly searched: Searched;
  /** Calibrated probability (0 to 1) that the quotes answer. */
  readonly confidence: number;
  /** For a question after this one; answers that earlier versions kept have none. */
  readonly topic?: Topic;
}

export type Answer =
  | (AnswerBase & { readonly kind: 'found'; readonly quotes: readonly Quote[] })
  | (AnswerBase & {
      readonly kind: 'nothing-found';
      readonly nearest: readonly NearThread[];
      readonly silence?: Silence;
    });
