import type { MailDate } from './date.js';
import type { Mailbox } from './mailbox.js';
import type { MessageId } from './message-id.js';
import type { Sighting } from './message.js';

/** What threading needs of a message. `Message` fits. */
export interface ThreadNode {
  readonly messageId: MessageId;
  readonly inReplyTo: readonly MessageId[];
  readonly references: readonly MessageId[];
  readonly from: Mailbox;
  /** Tells whom a reply without references answers. */
  readonly to?: readonly Mailbox[];
  readonly date: MailDate | null;
  readonly subject: string;
  /** Tells whether a message without references quotes what it answers. */
  readonly text?: string;
}

/** A line of a thread overview, with its place. `messageId` is minted where the overview shows none. */
export interface PlacedSighting extends Sighting {
  readonly messageId: MessageId;
  readonly parentId: MessageId | null;
}

/** Oldest first, unknown dates last, then by Message-ID: the order that makes the order of arrival irrelevant. */
export function byDateThenId(
  a: Pick<ThreadNode, 'date' | 'messageId'>,
  b: Pick<ThreadNode, 'date' | 'messageId'>,
): number {
  const [one, other] = [a.date?.instant ?? Infinity, b.date?.instant ?? Infinity];
  if (one !== other) return one < other ? -1 : 1;
  return compareText(a.messageId, b.messageId);
}

/** By UTF-16 code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
