import type { Block } from './block.js';
import type { MailDate } from './date.js';
import type { Mailbox } from './mailbox.js';
import type { MessageId } from './message-id.js';

/** Where a copy of a message was found. */
export interface Origin {
  /** The source that was ingested: a path or URL as the user named it. */
  readonly source: string;
  /** The list's name (`linux-mm`), from `--list`, List-Id, the archive's URL or the file's name. */
  readonly list: string;
  /** Where in the source: a byte offset, git object, article number, URL or file. */
  readonly locator: string;
  /** The page that shows this message in its archive. */
  readonly permalink?: string;
}

/** What an archive page says of a message in place of its octets. */
export interface MessageFields {
  readonly messageId: MessageId | null;
  readonly inReplyTo: readonly MessageId[];
  readonly references: readonly MessageId[];
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly date: MailDate | null;
  readonly subject: string;
  /** The body as text, `\n` line ends. */
  readonly text: string;
  readonly attachments: readonly string[];
}

/** A message as a reader yields it: octets from mail stores, fields from web pages (readers never fake RFC 5322). */
export interface RawMessage {
  readonly origin: Origin;
  readonly content:
    | { readonly kind: 'octets'; readonly octets: Uint8Array }
    | { readonly kind: 'fields'; readonly fields: MessageFields };
}

/** A message, decoded and labelled. */
export interface Message extends Omit<MessageFields, 'messageId'> {
  /** Minted from `contentHash` where the message has none (see `mintMessageId`). */
  readonly messageId: MessageId;
  /** Covers `text`; in order. */
  readonly blocks: readonly Block[];
  readonly origins: readonly Origin[];
  /** Hex SHA-256 over author, instant, subject and text. */
  readonly contentHash: string;
  /** Written by a robot or announced as bulk (build bots, syzbot, autoreplies): searched, but held back. */
  readonly robot: boolean;
}

/** A message that is known to exist although its text is not there: a line of a thread overview. */
export interface Sighting {
  readonly messageId: MessageId | null;
  readonly from: Mailbox;
  readonly date: MailDate | null;
  readonly subject: string;
}
