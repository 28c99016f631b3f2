import type { MailDate } from './date.js';
import type { MessageId } from './message-id.js';

/** One place in a thread. `present: false` marks a ghost: referenced or sighted, never seen. */
export interface ThreadMember {
  readonly messageId: MessageId;
  readonly parentId: MessageId | null;
  /** 0 for the root. */
  readonly depth: number;
  readonly present: boolean;
  /** What is known of the message; a ghost's may all be null. */
  readonly author: string | null;
  readonly date: MailDate | null;
  readonly subject: string | null;
}

/** A conversation as a flat list in reading order (depth first, siblings by date). */
export interface Thread {
  readonly rootId: MessageId;
  readonly members: readonly ThreadMember[];
}
