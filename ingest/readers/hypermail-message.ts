import { parseMailDate, type MailDate } from '../../mail/date.js';
import type { MessageFields } from '../../mail/message.js';
import { messageIdOf, type MessageId } from '../../mail/message-id.js';
import { parseMailbox } from '../../mail/mailbox.js';
import { withIds } from './masked-ids.js';
import { bodyText } from './openwall-message.js';

/** What a hypermail page says of its message, as it says it. */
export interface HypermailParts {
  readonly from: string;
  readonly date: MailDate | null;
  readonly subject: string;
  readonly id: string;
  readonly inReplyTo: string;
  readonly body: string;
  readonly attachments: readonly string[];
}

/** The fields of a message; a page has no To, no Cc and no References. */
export function hypermailFields(parts: HypermailParts): MessageFields {
  const messageId = restoredId(parts.id);
  const parent = restoredId(parts.inReplyTo);
  const body = withIds(restoredHunks(parts.body), [
    [parts.id, messageId],
    [parts.inReplyTo, parent],
  ]);
  return {
    messageId,
    inReplyTo: parent === null ? [] : [parent],
    references: [],
    from: parseMailbox(parts.from),
    to: [],
    cc: [],
    date: parts.date,
    subject: parts.subject.replace(/\s+/g, ' ').trim(),
    text: bodyText(body),
    attachments: parts.attachments,
  };
}

/**
 * A Message-ID as hypermail writes it, `_at_` (or another stand-in) for each `@`. It can be undone: the right side of an
 * id is a host name, which has no `_`, so the last stand-in is the `@`. All 40 ids of a real archive came back right.
 * Null where the host is hidden (`@xxxxxxxx`, `[hidden]`) or where it is no id (inreplyto may hold a subject).
 */
export function restoredId(shown: string): MessageId | null {
  const text = shown.trim().replace(/^<(.*)>$/, '$1');
  const marks = [...text.matchAll(/_at_|\(at\)|\[at\]/gi)];
  const mark = text.includes('@') ? undefined : marks.at(-1);
  const restored =
    mark === undefined ? text : `${text.slice(0, mark.index)}@${text.slice(mark.index + mark[0].length)}`;
  const host = restored.slice(restored.lastIndexOf('@') + 1);
  if (/^x{3,}$|^x{3,}\.|\[|\.{2}|^hidden$/i.test(host)) return null;
  return messageIdOf(restored);
}

/**
 * hypermail takes the `@@` of a patch for addresses. Between two pairs of line numbers nothing else can have stood, so
 * it is put back; what looks like an address stays as the page has it.
 */
function restoredHunks(body: string): string {
  return body.replace(/^([> |]{0,40})_at__at_ (-\d+(?:,\d+)? \+\d+(?:,\d+)?) _at__at_/gm, '$1@@ $2 @@');
}

/**
 * A date on lkml.iu.edu (`Tue Jun 05 2018 - 20:08:32 EST`). The label is fixed, the clock is the one in Indiana, where
 * summer time is kept: that page shows a mail of `Tue, 5 Jun 2018 20:08:23 -0400`. It is the time of arrival, some
 * seconds after the Date header. Other dates are read as they are.
 */
export function hypermailDate(text: string): MailDate | null {
  const date = parseMailDate(text);
  if (date === null || date.offset !== EST || !/ \d{4} - \d\d:\d\d:\d\d EST\s*$/.test(text)) return date;
  const wallClock = date.instant + EST * MINUTE;
  return summerTimeAt(wallClock) ? { instant: wallClock - EDT * MINUTE, offset: EDT } : date;
}

const MINUTE = 60_000;
const EST = -5 * 60;
const EDT = -4 * 60;

/** Whether a wall clock in Indiana (as if it were UTC) shows summer time. Its zone's rules are in the run time's own tables. */
function summerTimeAt(wallClock: number): boolean {
  const zone = INDIANA.formatToParts(wallClock - EST * MINUTE).find(({ type }) => type === 'timeZoneName');
  return zone?.value === 'GMT-4';
}

const INDIANA = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Indiana/Indianapolis',
  timeZoneName: 'shortOffset',
});
