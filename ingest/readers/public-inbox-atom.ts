import type { CheerioAPI } from 'cheerio/slim';
import type { Element } from 'domhandler';
import { minuteOf, parseMailDate, type MailDate } from '../../mail/date.js';
import { parseMailbox, type Mailbox } from '../../mail/mailbox.js';
import type { MessageFields } from '../../mail/message.js';
import { namedOnly, pageFields } from './page-fields.js';
import { lineText, loadPage } from './page-html.js';
import { bodyParts, isElement } from './page-inbox-html.js';
import { baseOf, idInLink, inboxAt, inboxOrigin } from './page-inbox.js';
import { headText, readPage } from './page-octets.js';
import { joinParts } from './page-parts.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

const FEED = /<feed\b[^<>]{0,500}\bxmlns="http:\/\/www\.w3\.org\/2005\/Atom"/;
/** Entries are named after their Message-IDs, and the feed after the inbox's new mail or a thread. */
const INBOX = /\/(?:new|t)\.atom"|<id>mailto:[^<>]{1,200}<\/id>/;

/** Atom feeds of public-inbox (RFC 4287, RFC 4685): an inbox's new messages, or a thread. */
export const publicInboxAtom: Reader = {
  format: 'public-inbox-atom',
  detects(head) {
    const text = headText(head).slice(0, 8192);
    return FEED.test(text) && INBOX.test(text);
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') yield content.item;
    else yield* itemsOf(loadPage(content.text, { xml: true }), /<\/feed>\s*$/.test(content.text.slice(-200)), file);
  },
};

function* itemsOf($: CheerioAPI, whole: boolean, file: ArchiveFile): Generator<ArchiveItem> {
  const feed = $('feed').get(0);
  const entries = feed === undefined ? [] : childrenOf(feed, 'entry');
  const hrefs = feed === undefined ? [] : childrenOf(feed, 'link').map((link) => link.attribs['href']);
  const base = hrefs.map(baseOf).find((found) => found !== null) ?? null;
  const inbox = inboxAt(base, '', file);
  // A feed that was cut ends in an entry: what is there of it is not the mail's whole text.
  const complete = whole ? entries : entries.slice(0, -1);
  for (const [index, entry] of complete.entries()) {
    const fields = fieldsOf(entry);
    const origin = inboxOrigin(inbox, file, fields.messageId, index + 1);
    if (fields.messageId === null) yield { kind: 'skipped', reason: 'malformed', locator: origin.locator };
    else yield { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
  }
  if (feed === undefined) yield { kind: 'skipped', reason: 'malformed', locator: file.path };
  else if (!whole) yield { kind: 'skipped', reason: 'truncated', locator: `${file.path}#${complete.length + 1}` };
}

function fieldsOf(entry: Element): MessageFields {
  const text = (name: string): string => childrenOf(entry, name).map(lineText)[0] ?? '';
  const title = text('title');
  const reply = childrenOf(entry, 'thr:in-reply-to')[0]?.attribs['href'];
  const parent = idInLink(reply);
  const content = childrenOf(entry, 'content')[0];
  const div = content === undefined ? undefined : childrenOf(content, 'div')[0];
  const pre = div === undefined ? undefined : childrenOf(div, 'pre')[0];
  return pageFields({
    messageId: idInLink(childrenOf(entry, 'link')[0]?.attribs['href']),
    inReplyTo: parent === null ? [] : [parent],
    from: authorOf(entry),
    date: aboutWhen(parseMailDate(text('updated'))),
    subject: title === '(no subject)' ? '' : title,
    ...joinParts(bodyParts(pre?.children ?? [])),
  });
}

/**
 * `<updated>` is when the archive received the mail, which is seconds to hours behind its Date; that the feed does not tell. Without seconds
 * and zone it gives way to the Date that any other copy of the mail shows.
 */
function aboutWhen(received: MailDate | null): MailDate | null {
  return received === null ? null : { instant: minuteOf(received) * 60_000, offset: null };
}

/** Where From has no name, public-inbox shows the part before the `@` as the name. */
function authorOf(entry: Element): Mailbox {
  const author = childrenOf(entry, 'author')[0];
  const said = (name: string): string => (author === undefined ? '' : childrenOf(author, name).map(lineText)[0]) ?? '';
  const { address, masked } = parseMailbox(`<${said('email')}>`);
  const name = namedOnly(said('name')).name;
  const local = (address ?? masked ?? '').split('@', 1)[0];
  return { name: name === local ? null : name, address, masked };
}

function childrenOf(element: Element, name: string): Element[] {
  return element.children.filter((node) => isElement(node, name));
}
