import type { LibraryMessage } from '../index/library.js';
import { contentHash } from '../mail/content-hash.js';
import { ownText } from '../mail/own.js';

/** In place of the words of a message that is not what was stored. */
export const damagedNotice = '(the stored message is damaged)';

/** What a message says, as it may be shown; of a message that is not what was stored, none of its words. */
export type Words =
  | {
      readonly kind: 'whole';
      readonly subject: string;
      /** The body, quotes and all. */
      readonly text: string;
      /** The lines that the labels give to the author. */
      readonly own: string;
    }
  | { readonly kind: 'damaged' };

/**
 * The gate for words that are shown other than as quotes (those pass `verifyQuote`): everything outside of `answer/` has a message's subject and
 * text from here, so that nobody is credited with what the store has come to say.
 */
export function wordsOf(message: LibraryMessage): Words {
  if (!isIntact(message)) return { kind: 'damaged' };
  return { kind: 'whole', subject: message.subject, text: message.text, own: ownText(message) };
}

/** The subject; null where the message is damaged. */
export function subjectOf(message: LibraryMessage): string | null {
  return isIntact(message) ? message.subject : null;
}

/** Whether author, date, subject and text are those that the message was stored with. Takes some 0.2 ms. */
export function isIntact(message: LibraryMessage): boolean {
  return contentHash(message) === message.contentHash;
}
