import type { MessageFields } from '../../mail/message.js';
import { fieldsOfHeaderBlock, pageFields } from './page-fields.js';
import { inboxOfText, inboxOrigin } from './page-inbox.js';
import { splitAuthors } from './page-overview-names.js';
import {
  bareSubject,
  ghostId,
  overviewLine,
  overviewMembers,
  thisMessage,
  type OverviewLine,
} from './page-overview.js';
import { joinParts, textParts } from './page-parts.js';
import type { ArchiveFile, ArchiveItem, OverviewMember } from './reader.js';

/** A page cut where its software put its own lines. */
interface PageText {
  readonly title: string;
  readonly header: string;
  readonly body: string;
  /** Overview, reply instructions, clone lines; `''` where the page ends without them. */
  readonly foot: string;
}

/** The links below a message: `next             reply	other threads:[~2019-03-19 22:24 UTC|newest]`, `  reply index`. */
const BELOW = /^ {0,40}(?:next\b|prev\b|parent\b| )*reply\b(?:\s+(?:index|latest|other threads:.*))?\s*$/;
const OVERVIEW = /^Thread overview: /;

/** Reads the saved text of a message page: its message and its thread overview. */
export function* readInboxMessageText(text: string, file: ArchiveFile): Generator<ArchiveItem> {
  const page = cutPage(text);
  if (page === null) return;
  const inbox = inboxOfText(page.foot, page.title, file);
  const header = page.header.replace(/[ \t]+\[thread overview\][ \t]*$/m, '');
  const fields = pageFields({ ...fieldsOfHeaderBlock(header), ...joinParts(textParts(page.body)) });
  const origin = inboxOrigin(inbox, file, fields.messageId, 1);
  yield { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
  const members = overviewOfText(page.foot, fields);
  if (members.length > 1) yield { kind: 'overview', members };
}

function cutPage(text: string): PageText | null {
  const lines = text.split('\n');
  const start = lines.slice(0, 40).findIndex((line) => /^(?:From|To|Cc|Subject|Date|Message-ID): /i.test(line));
  const blank = lines.indexOf('', start);
  if (start < 0 || blank < 0) return null;
  const end = footOf(lines, blank + 1);
  return {
    title: lines.slice(0, start).join('\n'),
    header: lines.slice(start, blank).join('\n'),
    body: lines.slice(blank + 1, end).join('\n'),
    foot: lines.slice(end).join('\n'),
  };
}

/** Where the page's foot starts: the last line of links with an overview below it. Those in a body stand before it. */
function footOf(lines: readonly string[], from: number): number {
  for (let at = lines.length - 1; at >= from; at--) {
    if (!OVERVIEW.test(lines[at] ?? '')) continue;
    for (let above = at - 1; above >= Math.max(from, at - 4); above--) if (BELOW.test(lines[above] ?? '')) return above;
  }
  return lines.length;
}

/** The overview at a page's foot. Its lines hold no links when saved as text: only the page's own message has its id. */
export function overviewOfText(foot: string, own: MessageFields): readonly OverviewMember[] {
  const lines = overviewLines(foot);
  const people = [own.from, ...own.to, ...own.cc].map(({ name }) => name ?? '');
  const subject = bareSubject(own.subject);
  const entries = splitAuthors(lines, people, subject).map((entry, index) => {
    const { date, rest } = lines[index] ?? { date: null, rest: '' };
    if (date === null) return { messageId: ghostId(rest), subject: null, author: null };
    return rest.endsWith(thisMessage) ? { ...entry, messageId: own.messageId } : entry;
  });
  return overviewMembers(lines, entries, subject);
}

/** The lines of the overview: all that look like one between its title and the next section. */
export function overviewLines(foot: string): OverviewLine[] {
  const start = foot.search(/^Thread overview: /m);
  const rest = start < 0 ? '' : foot.slice(start);
  const end = rest.search(/^Reply instructions:/m);
  const found: OverviewLine[] = [];
  for (const text of (end < 0 ? rest : rest.slice(0, end)).split('\n')) {
    const line = overviewLine(text);
    if (line !== null) found.push(line);
  }
  return found;
}
