import { createHash } from 'node:crypto';
import { minuteOf, type MailDate } from './date.js';
import type { Mailbox } from './mailbox.js';
import { nameKey } from './person.js';
import { normaliseSubject } from './subject.js';

/** What a message says, whatever archive shows it. */
export interface HashedContent {
  readonly from: Mailbox;
  readonly date: MailDate | null;
  readonly subject: string;
  readonly text: string;
}

/**
 * Hex SHA-256 over author, instant to the minute, normalised subject and text with blanks folded. Two copies whose
 * hashes agree are the same message; copies that an archive masked or cut may still differ (see `sameMessage`).
 */
export function contentHash({ from, date, subject, text }: HashedContent): string {
  const parts = [
    nameKey(from),
    date === null ? '' : String(minuteOf(date)),
    normaliseSubject(subject),
    text.replace(/\s+/gu, ' ').trim(),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
