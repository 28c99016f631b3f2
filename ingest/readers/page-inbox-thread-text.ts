import { parseMailDate } from '../../mail/date.js';
import type { MessageFields } from '../../mail/message.js';
import { namedOnly, pageFields } from './page-fields.js';
import { inboxOfText, inboxOrigin } from './page-inbox.js';
import { overviewLines, overviewOfText } from './page-inbox-text.js';
import type { OverviewLine } from './page-overview.js';
import { joinParts, textParts } from './page-parts.js';
import { recipientsOf } from './page-recipients.js';
import type { ArchiveFile, ArchiveItem } from './reader.js';

/** What looks like the head of a message in a thread page's text. */
interface Head {
  /** The index of the `* Subject` line. */
  readonly start: number;
  /** The index of the first line behind the head. */
  readonly body: number;
  readonly subject: string;
  readonly name: string;
  /** `2019-01-29 16:54`. */
  readonly date: string;
  readonly recipients: string;
}

const STAR = /^\* (\S.*)$/;
const FROM = /^From: (.*) @ (\d{4}-\d\d-\d\d [ \d]\d:\d\d) UTC \(permalink \/ raw\)\s*$/;
const CLOSE = /^\^ permalink raw reply(?:\t\[flat\|nested\] .*)?\s*$/;
const FOOT = /^(?:end of thread|only message in thread), other threads:\[/;

/** More lines than an index above a message has: parent, siblings, replies. */
const MOST_INDEX_LINES = 16;
/** And more than the recipients of a mail take. */
const MOST_RECIPIENT_LINES = 500;
/** A patch series is sent within a minute. */
const MOST_IN_A_MINUTE = 1000;

/**
 * Reads the saved text of a flat or nested thread page. Nothing but text marks where a message ends, and a body may hold
 * the same text: a head counts only where the page's overview, which stands behind all bodies, lists its author and date.
 * Two heads for one listed message are one too many: neither is believed, and what follows them is left out.
 */
export function* readInboxThreadText(text: string, file: ArchiveFile): Generator<ArchiveItem> {
  const lines = text.split('\n');
  const foot = lines.findLastIndex((line) => FOOT.test(line));
  const footText = foot < 0 ? '' : lines.slice(foot).join('\n');
  const listed = overviewLines(footText);
  const heads = headsIn(lines, foot < 0 ? lines.length : foot);
  const first = heads[0];
  if (first === undefined) return;
  const inbox = inboxOfText(footText, lines.slice(0, first.start).join('\n'), file);
  const listings = new Listings(listed);
  // Without the overview only the first head is certain to be the page's.
  const borders = foot < 0 ? heads : heads.filter((head, index) => index === 0 || listings.of(head) > 0);
  const claims = counts(borders.map(keyOf));
  let own: MessageFields | null = null;
  for (const [index, head] of borders.entries()) {
    const end = borders[index + 1]?.start ?? (foot < 0 ? lines.length : foot);
    const origin = inboxOrigin(inbox, file, null, index + 1);
    const body = bodyOf(lines.slice(head.body, end));
    if (body === null || (foot < 0 && index > 0))
      yield { kind: 'skipped', reason: 'truncated', locator: origin.locator };
    else if (foot >= 0 && (claims.get(keyOf(head)) ?? 0) > listings.of(head))
      yield { kind: 'skipped', reason: 'malformed', locator: origin.locator };
    else {
      const fields = fieldsOf(head, body);
      own ??= fields;
      yield { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
    }
  }
  if (own === null) return;
  const members = overviewOfText(footText, { ...own, subject: first.subject });
  if (members.length > 1) yield { kind: 'overview', members };
}

/** How many lines of the overview name an author at a minute. */
class Listings {
  readonly #byDate = new Map<string, string[]>();

  constructor(lines: readonly OverviewLine[]) {
    for (const { date, rest } of lines) {
      if (date === null) continue;
      const rests = this.#byDate.get(date);
      if (rests === undefined) this.#byDate.set(date, [rest]);
      else if (rests.length < MOST_IN_A_MINUTE) rests.push(rest);
    }
  }

  of({ name, date }: Head): number {
    const rests = this.#byDate.get(date) ?? [];
    return rests.filter((rest) => rest === name || rest.endsWith(` ${name}`)).length;
  }
}

function keyOf({ name, date }: Head): string {
  return `${date} ${name}`;
}

function counts(keys: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

function headsIn(lines: readonly string[], end: number): Head[] {
  const heads: Head[] = [];
  for (let start = 0; start < end; start++) {
    const head = headAt(lines, start);
    if (head !== null) heads.push(head);
  }
  return heads;
}

/** `* Subject`, an index with `@ DATE … AUTHOR`, `From: AUTHOR @ DATE UTC (permalink / raw)`, recipients, a blank line. */
function headAt(lines: readonly string[], start: number): Head | null {
  const subject = STAR.exec(lines[start] ?? '')?.[1];
  if (subject === undefined) return null;
  for (let at = start + 1; at < start + 1 + MOST_INDEX_LINES; at++) {
    const line = lines[at] ?? '';
    const from = FROM.exec(line);
    if (from !== null) {
      const blank = lines.slice(at, at + MOST_RECIPIENT_LINES).indexOf('');
      if (blank < 0) return null;
      const body = at + blank + 1;
      const known = { subject, name: from[1] ?? '', date: from[2] ?? '' };
      return { ...known, start, body, recipients: lines.slice(at + 1, body - 1).join('\n') };
    }
    if (!/^(?:@| {2})/.test(line)) return null;
  }
  return null;
}

/** A body ends with the page's links; null where they are missing. */
function bodyOf(lines: readonly string[]): string | null {
  const close = lines.findLastIndex((line) => line.trim() !== '');
  return CLOSE.test(lines[close] ?? '') ? lines.slice(0, close).join('\n') : null;
}

function fieldsOf(head: Head, body: string): MessageFields {
  return pageFields({
    from: namedOnly(head.name),
    date: parseMailDate(`${head.date} UTC`),
    subject: head.subject === '(no subject)' ? '' : head.subject,
    ...recipientsOf(head.recipients),
    ...joinParts(textParts(body)),
  });
}
