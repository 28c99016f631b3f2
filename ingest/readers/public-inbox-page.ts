import type { CheerioAPI } from 'cheerio/slim';
import { pageAddress } from './page-address.js';
import { loadPage, preText } from './page-html.js';
import { inboxOfPage } from './page-inbox.js';
import { readMessagePage } from './page-inbox-message.js';
import { readThreadPage } from './page-inbox-thread.js';
import { headText, readPage } from './page-octets.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

const HTML = /^\s*<(?:!doctype|html|!--)/i;
/** The body of a message page starts with its headers; saved pages may have quotes around attribute values. */
const MESSAGE = /<pre\s+id="?b"?\s*>From: /;
/** Each message of a thread page starts with a star that links to its end. */
const THREAD = /<a\s+href="?[^\s">]{0,500}#e[0-9a-f]{40}"?\s+id="?m[0-9a-f]{40}"?\s*>\*<\/a>/;

/** Pages of public-inbox (lore.kernel.org): one message with its thread overview, or a whole thread, flat or nested. */
export const publicInboxPage: Reader = {
  format: 'public-inbox-page',
  detects(head) {
    const text = headText(head);
    return HTML.test(text) && (MESSAGE.test(text) || THREAD.test(text));
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') yield content.item;
    else yield* itemsOf(loadPage(content.text), pageAddress(content.text), file);
  },
};

function* itemsOf($: CheerioAPI, address: string | null, file: ArchiveFile): Generator<ArchiveItem> {
  const inbox = inboxOfPage($, address, ownLinks($), file);
  let found = false;
  for (const items of [readMessagePage($, inbox, file), readThreadPage($, inbox, file)]) {
    for (const item of items) {
      found = true;
      yield item;
    }
  }
  if (!found) yield { kind: 'skipped', reason: 'malformed', locator: file.path };
}

/** The page's own absolute links. A link in a mail shows its URL, never one of these words. */
function ownLinks($: CheerioAPI): string[] {
  const links = $('a[href^="http"]').toArray();
  return links
    .filter((link) => /^(?:permalink|raw|mbox\.gz|Atom feed|newest|latest)$/.test(preText(link)))
    .map((link) => link.attribs['href'] ?? '');
}
