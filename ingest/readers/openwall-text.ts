import { parseOpenwallMessage } from './openwall-message.js';
import { openwallItem } from './openwall-page.js';
import { headText, readPage } from './page-octets.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

/** The links above the message, and the first field below them. */
const NAVIGATION =
  /^(?:\[<?[a-z-]{1,20}>?\] )*\[day\] \[month\] \[year\] \[list\][ \t]*\n\s*(?:Message-ID|Date|From|To|Subject):/im;
/** What stands above the links: the names of the lists and an advertisement. */
const MAX_ABOVE = 8192;
const FOOTER = '\nPowered by blists - more mailing lists';

/**
 * The text that a browser saves of a blists page. It may lack the Message-ID, and it names neither the list nor its
 * URL: see `openwallPlace` for what follows from To, Cc and Date.
 */
export const openwallText: Reader = {
  format: 'openwall-text',
  detects: (head) => navigationIn(headText(head)) !== null,
  async *read(file) {
    const page = await readPage(file);
    if (page.kind === 'unread') yield page.item;
    else yield messageOf(page.text, file);
  },
};

function messageOf(saved: string, file: ArchiveFile): ArchiveItem {
  const navigation = navigationIn(saved);
  if (navigation === null) return { kind: 'skipped', reason: 'not-mail', locator: file.path };
  // The last one is the page's own; a message may quote another.
  const footer = saved.lastIndexOf(FOOTER);
  const shown = saved.slice(navigation, footer < navigation ? saved.length : footer);
  const fields = parseOpenwallMessage(shown);
  return fields === null
    ? { kind: 'skipped', reason: 'malformed', locator: file.path }
    : openwallItem(fields, file, null, null);
}

/** Where the message begins, behind the line of links; null where the text is something else. */
function navigationIn(saved: string): number | null {
  const above = saved.slice(0, MAX_ABOVE);
  // Mail and HTML that quote such a page are not one: these begin with a field, `From ` or a tag.
  if (/^\s*(?:<|From |[\w-]+:[ \t])/.test(above.slice(0, 200))) return null;
  const found = NAVIGATION.exec(above.replace(/\r/g, ' '));
  return found === null ? null : found.index + found[0].indexOf('\n');
}
