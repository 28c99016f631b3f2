import { readInboxMessageText } from './page-inbox-text.js';
import { readInboxThreadText } from './page-inbox-thread-text.js';
import { headText, readPage } from './page-octets.js';
import type { ArchiveItem, Reader } from './reader.js';

/** The line of links at the top of every page: ` help / color / mirror / Atom feed`. */
const NAVIGATION = /^\s{0,40}help \/ color \/ (?:mirror \/ )?Atom feed\s*$/m;
/** The header block of a message page ends with it. */
const RAW = /^Message-ID: <[^<>\s]{1,998}> \(raw\)\s*$/im;
/** So does that of each message on a thread page. */
const ENTRY = /^From: [^\n]{0,400} @ \d{4}-\d\d-\d\d [ \d]\d:\d\d UTC \(permalink \/ raw\)\s*$/m;

/** The text that a browser saves of a public-inbox page: one message with its thread overview, or a whole thread. */
export const publicInboxText: Reader = {
  format: 'public-inbox-text',
  detects(head) {
    const text = headText(head).slice(0, 16_384);
    return startsAsPage(text) && (RAW.test(text) || ENTRY.test(text));
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') {
      yield content.item;
      return;
    }
    const items: ArchiveItem[] = [];
    if (RAW.test(content.text.slice(0, 16_384))) items.push(...readInboxMessageText(content.text, file));
    else if (ENTRY.test(content.text.slice(0, 16_384))) items.push(...readInboxThreadText(content.text, file));
    yield* items;
    if (items.length === 0) yield { kind: 'skipped', reason: 'malformed', locator: file.path };
  },
};

/** Whether the links stand at the top; where somebody cut them off, the page's own header lines do. */
function startsAsPage(text: string): boolean {
  return NAVIGATION.test(text.slice(0, 1000)) || /^\s{0,9}(?:From|To|Cc|Subject): /.test(text);
}
