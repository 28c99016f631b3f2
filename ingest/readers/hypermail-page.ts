import type { AnyNode } from 'domhandler';
import type { MailDate } from '../../mail/date.js';
import { readHypermailBody } from './hypermail-body.js';
import { hypermailDate, hypermailFields, type HypermailParts } from './hypermail-message.js';
import { hypermailItem } from './hypermail-place.js';
import { pageAddress } from './page-address.js';
import { firstElement } from './page-element.js';
import { lineText, loadPage, preText } from './page-html.js';
import { headText, readPage } from './page-octets.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

/** `<!-- subject="…" -->` and its like stand above `<!-- body="start" -->` on the page of every version. */
const COMMENT = /<!-- ([a-z]{2,20})="([^\n]{0,4000}?)" -->/g;
const BODY_START = '<!-- body="start" -->';
const BODY_END = '<!-- body="end" -->';

/** The comments that lkml.iu.edu's pages have in the same places since hypermail's successor there writes them. */
const MHONARC_START = '<!--X-Body-of-Message-->';
const MHONARC_END = '<!--X-Body-of-Message-End-->';
const MHONARC_COMMENT = /<!--X-(Subject|Message-Id|Reference): ([^\n]{0,4000}?) -->/g;

/** A message page of hypermail 1.x and 2.x, or of lkml.iu.edu. */
export const hypermailPage: Reader = {
  format: 'hypermail-page',
  detects: (head) => {
    const page = headText(head);
    const comments = page.includes(BODY_START) || /<!-- (?:isosent|sent|received)="/.test(page);
    return (comments && /<!-- subject="/.test(page)) || isLkmlPage(page);
  },
  async *read(file) {
    const page = await readPage(file);
    if (page.kind === 'unread') yield page.item;
    else yield messageOf(page.text, file);
  },
};

function isLkmlPage(page: string): boolean {
  return page.includes('<!--X-Message-Id: ') && /\b\w{3} \w{3} \d\d \d{4} - \d\d:\d\d:\d\d [A-Z]{1,5}\b/.test(page);
}

function messageOf(html: string, file: ArchiveFile): ArchiveItem {
  const parts = html.includes(MHONARC_START) ? lkmlParts(html) : hypermailParts(html);
  if (parts === null) return { kind: 'skipped', reason: 'malformed', locator: file.path };
  return hypermailItem(hypermailFields(parts), file, listOf(html), pageAddress(html));
}

function hypermailParts(html: string): HypermailParts | null {
  const start = html.indexOf(BODY_START);
  // Only what stands above the body is hypermail's: a message in HTML may bring comments of its own.
  const above = start < 0 ? html : html.slice(0, start);
  const said = new Map<string, string>();
  for (const [, name = '', value = ''] of above.matchAll(COMMENT)) if (!said.has(name)) said.set(name, decoded(value));
  const name = said.get('name') ?? '';
  const email = said.get('email') ?? '';
  if (name === '' && email === '' && !said.has('id')) return null;
  const end = html.lastIndexOf(BODY_END);
  const body = readHypermailBody(start < 0 ? '' : html.slice(start + BODY_START.length, end < start ? undefined : end));
  return {
    from: email === '' || name === email ? email || name : `"${name.replace(/["\\]/g, '\\$&')}" <${email}>`,
    date: dateOf(said),
    subject: said.get('subject') ?? '',
    id: said.get('id') ?? '',
    inReplyTo: said.get('inreplyto') ?? '',
    body: body.text,
    attachments: body.attachments,
  };
}

/** `sent` has the writer's zone; `isosent` is the same moment in UTC, and helps where `sent` has no zone or no sense. */
function dateOf(said: ReadonlyMap<string, string>): MailDate | null {
  const sent = hypermailDate(said.get('sent') ?? '');
  if (sent !== null && sent.offset !== null) return sent;
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(said.get('isosent') ?? '');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (digits ?? []).slice(1).map(Number);
  const instant = Date.UTC(year, month - 1, day, hour, minute, second);
  // hypermail writes 1970 where it could not read the date.
  return year > 1970 ? { instant, offset: null } : (sent ?? hypermailDate(said.get('received') ?? ''));
}

/** lkml.iu.edu's own look: comments of MHonArc, the heading, From and Date as text above the body. */
function lkmlParts(html: string): HypermailParts {
  const start = html.indexOf(MHONARC_START);
  const above = html.slice(0, start);
  const end = html.lastIndexOf(MHONARC_END);
  const said = [...above.matchAll(MHONARC_COMMENT)].map(([, name, value]) => [name, decoded(value ?? '')] as const);
  const shown = preText(loadPage(above).root()[0] as AnyNode);
  const field = (name: string): string =>
    new RegExp(`^\\s{0,20}${name}: {0,9}([^\\n]{1,500})`, 'm').exec(shown)?.[1]?.trim() ?? '';
  const body = readHypermailBody(html.slice(start + MHONARC_START.length, end < start ? undefined : end));
  return {
    from: field('From'),
    date: hypermailDate(field('Date')),
    subject: said.find(([key]) => key === 'Subject')?.[1] ?? '',
    id: said.find(([key]) => key === 'Message-Id')?.[1] ?? '',
    inReplyTo: said.findLast(([key]) => key === 'Reference')?.[1] ?? '',
    body: body.text,
    attachments: body.attachments,
  };
}

/** hypermail 2.4 puts the archive's label into the title: `… from NAME on 2025-11-24 (LABEL)`. */
function listOf(html: string): string | null {
  const head = loadPage(html.slice(0, 16_384)).root()[0];
  const title = head === undefined ? null : firstElement(head, 'title');
  const label = title === null ? null : / \(([^()\s@]{1,100})[^()]*\)$/.exec(lineText(title).slice(-300))?.[1];
  return label ?? null;
}

/** The text of a comment: its entities decoded; some versions escape quotation marks twice. */
function decoded(value: string): string {
  return loadPage(value).root().text().replaceAll('&quot;', '"').trim();
}
