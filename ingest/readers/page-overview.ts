import { parseMailDate } from '../../mail/date.js';
import type { MessageId } from '../../mail/message-id.js';
import { messageIdOf } from '../../mail/message-id.js';
import type { OverviewMember } from './reader.js';
import { namedOnly } from './page-fields.js';

/** A line of a thread overview, before it is known what in it is subject and what is author. */
export interface OverviewLine {
  /** `2019-01-29 16:54`, UTC; null for `[not found]`. */
  readonly date: string | null;
  /** 0 for a root. */
  readonly level: number;
  /** What stands behind the date and the tree. */
  readonly rest: string;
}

/** What a line says of its message. */
export interface OverviewEntry {
  readonly messageId: MessageId | null;
  /** Words of the subject that the line shows; null where it leaves the subject out, being its predecessor's. */
  readonly subject: string | null;
  readonly author: string | null;
}

/** public-inbox marks the message of the page with it. */
export const thisMessage = ' [this message]';

const LINE =
  /^(?:(?<date>\d{4}-\d\d-\d\d [ \d]\d:\d\d) |\s{0,5}\[not found\] )(?<tree>(?: {2})*)(?<mark>` )?(?<rest>\S.*)$/;

/** Reads one line of an overview; null where it is none (`-- strict thread matches above … --`, blank lines). */
export function overviewLine(text: string): OverviewLine | null {
  if (text.length > 5000) return null;
  const groups = LINE.exec(text.trimEnd())?.groups;
  if (groups === undefined) return null;
  const level = groups['mark'] === undefined ? 0 : (groups['tree'] ?? '').length / 2 + 1;
  return { date: groups['date'] ?? null, level, rest: groups['rest'] ?? '' };
}

/** A subject as overviews show it: without `Re:`, on one line. */
export function bareSubject(subject: string): string {
  return subject
    .replace(/^(?:\s*re:)+/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The id of a `[not found] <id>` line. */
export function ghostId(rest: string): MessageId | null {
  return rest.startsWith('<') && rest.endsWith('>') ? messageIdOf(rest) : null;
}

/**
 * Makes the members of an overview: the levels say who answers whom, elided subjects are those of the line before.
 * `own` is the subject of the page's message, which its line leaves out and which the first line's is compared with.
 */
export function overviewMembers(
  lines: readonly OverviewLine[],
  entries: readonly OverviewEntry[],
  own: string,
): readonly OverviewMember[] {
  const open: number[] = [];
  const members: OverviewMember[] = [];
  let before = own;
  lines.forEach((line, index) => {
    const entry = entries[index];
    if (entry === undefined) return;
    open.length = Math.min(open.length, line.level);
    const parent = open.at(-1) ?? null;
    open.push(index);
    const here = line.rest.endsWith(thisMessage);
    const subject = here ? own : line.date === null ? '' : fullSubject(entry.subject, before);
    if (!here && line.date !== null) before = subject;
    const date = line.date === null ? null : parseMailDate(`${line.date} UTC`);
    const from = namedOnly(entry.author ?? '');
    members.push({ sighting: { messageId: entry.messageId, from, date, subject }, parent });
  });
  return members;
}

/** `[PATCH 2/3] "` stands for a subject that ends like the one before it: as many words as are shown are taken off that one's start. */
function fullSubject(shown: string | null, before: string): string {
  if (shown === null) return before;
  if (!shown.endsWith(' "')) return shown;
  const words = shown.slice(0, -2).split(' ');
  return [...words, ...before.split(' ').slice(words.length)].join(' ');
}
