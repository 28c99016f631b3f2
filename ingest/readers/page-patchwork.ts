import type { MailDate } from '../../mail/date.js';
import type { Mailbox } from '../../mail/mailbox.js';
import type { MessageFields, Origin } from '../../mail/message.js';
import type { MessageId } from '../../mail/message-id.js';
import { bodyText, pageFields } from './page-fields.js';
import { bareSubject } from './page-overview.js';
import { absolute, type PatchworkPlace } from './page-patchwork-place.js';
import type { ArchiveFile, ArchiveItem } from './reader.js';

/** The mail that a Patchwork page is about. */
export interface Submission extends Partial<MessageFields> {
  readonly messageId: MessageId;
  readonly subject: string;
}

/** A mail that answered it. Patchwork's pages leave out its Message-ID and subject. */
export interface Comment {
  /** As the page counts, from 1. */
  readonly number: number;
  readonly from: Mailbox;
  readonly date: MailDate | null;
  readonly text: string;
  /** The page's link to the comment (`/comment/55/`), if it has one. */
  readonly link: string | null;
}

/** Patchwork writes a blank between a hunk's range and its context, besides the one that the diff has. */
const HUNK = /^(@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@) (.*)$/gm;

/** The mail's text from the two pieces that a page shows apart: commit message (with diffstat), and diff. */
export function patchText(message: string, diff: string): string {
  const patch = diff.replace(HUNK, '$1$2').replace(/^\n+/, '').trimEnd();
  return bodyText([message.trim(), patch].filter((piece) => piece !== '').join('\n\n'));
}

export function submissionItem(submission: Submission, place: PatchworkPlace, file: ArchiveFile): ArchiveItem {
  const origin: Origin = { source: file.source, list: place.list, locator: file.path };
  const found = place.permalink === null ? origin : { ...origin, permalink: place.permalink };
  return { kind: 'message', message: { origin: found, content: { kind: 'fields', fields: pageFields(submission) } } };
}

/**
 * A comment as a message. It answers something in the thread of the submission, which Patchwork knows from References:
 * so the submission is an ancestor, perhaps not the parent.
 */
export function commentItem(
  { number, from, date, text, link }: Comment,
  submission: Submission,
  place: PatchworkPlace,
  file: ArchiveFile,
): ArchiveItem {
  const permalink = absolute(link, place.address);
  const origin: Origin = { source: file.source, list: place.list, locator: `${file.path}#${number}` };
  const subject = `Re: ${bareSubject(submission.subject)}`;
  const fields = pageFields({ from, date, subject, text: bodyText(text), references: [submission.messageId] });
  const found = permalink === null ? origin : { ...origin, permalink };
  return { kind: 'message', message: { origin: found, content: { kind: 'fields', fields } } };
}
