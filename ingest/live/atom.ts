import type { Element } from 'domhandler';
import { parseMailDate } from '../../mail/date.js';
import { messageIdOf } from '../../mail/message-id.js';
import { htmlToText } from '../html-text.js';
import { bodyText, namedOnly, pageFields } from '../readers/page-fields.js';
import { loadPage } from '../readers/page-html.js';
import { decodePage } from '../readers/page-octets.js';
import { publicInboxAtom } from '../readers/public-inbox-atom.js';
import type { ArchiveItem } from '../readers/reader.js';
import { fetchedFile } from './items.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { knownValidators, validatorsMark } from './validators.js';

type Page = ReturnType<typeof loadPage>;

/** An Atom feed (RFC 4287), fetched when its ETag or date changed. Feeds of public-inbox are read as what they are; of others, each entry is a message. */
export async function* atom(reading: LiveReading): AsyncGenerator<LiveItem> {
  const { url, http, signal } = reading;
  const known = knownValidators(reading.mark('feed'));
  const answer = await http.get(url, { signal, known, accept: 'application/atom+xml, application/xml;q=0.9' });
  if (answer.kind === 'unchanged') return;
  const file = fetchedFile(answer.octets, answer.url, reading.source, reading.list);
  if (publicInboxAtom.detects(file.head, file.path)) yield* publicInboxAtom.read(file);
  else yield* entriesIn(loadPage(decodePage(answer.octets), { xml: true }), reading);
  yield passed('feed', validatorsMark(answer.validators));
}

function* entriesIn($: Page, { source, url, list }: LiveReading): Generator<ArchiveItem> {
  const feed = $('feed').get(0);
  if (feed === undefined) throw new LiveError('not-understood', `${url.href} is no Atom feed`);
  const named = list ?? ($(feed).children('title').first().text().trim().slice(0, 100) || url.hostname);
  for (const [at, entry] of $(feed).children('entry').toArray().entries()) {
    yield messageOf($, entry, { source, list: named, locator: `${url.href}#${at + 1}` }, url);
  }
}

function messageOf(
  $: Page,
  entry: Element,
  origin: { source: string; list: string; locator: string },
  base: URL,
): ArchiveItem {
  const said = (name: string): string => $(entry).children(name).first().text().trim();
  const author = $(entry).children('author').first();
  const email = author.children('email').first().text().trim();
  const page = pageOf($, entry, base);
  const fields = pageFields({
    // Feeds of mail may name entries by their Message-IDs (`mid:`, RFC 2392); other names are no Message-IDs.
    messageId: messageIdOf(/^mid:(.+)$/.exec(said('id'))?.[1] ?? ''),
    from: {
      ...namedOnly(author.children('name').first().text()),
      address: /^[^\s<>@]{1,200}@[^\s<>@]{1,200}$/.test(email) ? email : null,
    },
    date: parseMailDate(said('published') || said('updated')),
    subject: said('title').replace(/\s+/g, ' '),
    text: bodyText(contentOf($, entry)),
  });
  const place = page === null ? origin : { ...origin, permalink: page };
  return { kind: 'message', message: { origin: place, content: { kind: 'fields', fields } } };
}

function pageOf($: Page, entry: Element, base: URL): string | null {
  const link = $(entry)
    .children('link[href]')
    .toArray()
    .find(({ attribs }) => (attribs['rel'] ?? 'alternate') === 'alternate');
  const href = link?.attribs['href'] ?? '';
  if (href === '' || !URL.canParse(href, base.href)) return null;
  const url = new URL(href, base);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Content is text, escaped HTML, or XHTML (RFC 4287, 3.1.1). */
function contentOf($: Page, entry: Element): string {
  const content = $(entry).children('content, summary').first();
  switch (content.attr('type')) {
    case 'xhtml':
      return htmlToText(content.html() ?? '');
    case 'html':
    case 'text/html':
      return htmlToText(content.text());
    default:
      return content.text();
  }
}
