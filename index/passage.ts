import type { MailDate } from '../mail/date.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import type { Span } from '../mail/span.js';

/** What is searched, each text on its own so that each can carry its own weight. Empty where there is none. */
export interface PassageFields {
  /** The passage itself. */
  readonly own: string;
  readonly subject: string;
  /** The quoted words that the passage answers. */
  readonly quoted: string;
  /** The opening of the message it replies to. */
  readonly parent: string;
  /** The opening of its thread. */
  readonly opening: string;
}

/** 100 to 200 words by one person: the unit that is found. */
export interface PassageDraft {
  /** The message that holds the words: the speaker's own, or for recovered ones the (first) reply that quotes them. */
  readonly messageId: MessageId;
  readonly kind: 'own' | 'recovered';
  readonly speaker: Mailbox;
  readonly saidAt: MailDate | null;
  /** For recovered words, the Message-ID of the missing message where it is known. For own words, `messageId`. */
  readonly sourceId: MessageId | null;
  /** Lines or paragraphs of the holding message's text; `textAt` gives the words without quote markers. */
  readonly spans: readonly Span[];
  readonly fields: PassageFields;
}

/** A passage that the index holds. */
export interface Passage extends PassageDraft {
  /** Never used twice; the HNSW label and the FTS5 rowid too. */
  readonly key: number;
}
