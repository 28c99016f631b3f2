import type { MessageFields } from '../../mail/message.js';
import { parseOpenwallMessage } from './openwall-message.js';
import { openwallDay, openwallPlace } from './openwall-place.js';
import { listFromPath, pageAddress } from './page-address.js';
import { firstElement } from './page-element.js';
import { lineText, loadPage, preText } from './page-html.js';
import { headText, readPage } from './page-octets.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

/** The links of every blists page, in this order. */
const NAVIGATION = />\[day\]<\/a>\s{0,9}<a\b[^<>]{0,300}>\[month\]<\/a>\s{0,9}<a\b[^<>]{0,300}>\[year\]<\/a>/;

/** A message page of blists, the software of lists.openwall.net: links, then the whole message in a `<pre>`. */
export const openwallPage: Reader = {
  format: 'openwall-page',
  detects: (head) => NAVIGATION.test(headText(head)),
  async *read(file) {
    const page = await readPage(file);
    if (page.kind === 'unread') yield page.item;
    else yield messageOf(page.text, file);
  },
};

function messageOf(html: string, file: ArchiveFile): ArchiveItem {
  const page = loadPage(html).root()[0];
  const shown = page === undefined ? null : firstElement(page, 'pre');
  const title = page === undefined ? null : firstElement(page, 'title');
  const fields = shown === null ? null : parseOpenwallMessage(preText(shown));
  if (fields === null) return { kind: 'skipped', reason: 'malformed', locator: file.path };
  const named = /^([\w.-]+) - /.exec(title === null ? '' : lineText(title))?.[1] ?? null;
  return openwallItem(fields, file, named, pageAddress(html));
}

/** A message with its place in Openwall. `named` is the list that the page names, `address` the URL that it gives for itself. */
export function openwallItem(
  fields: MessageFields,
  file: ArchiveFile,
  named: string | null,
  address: string | null,
): ArchiveItem {
  const known = openwallDay(address ?? file.path);
  const { list, permalink } = openwallPlace(named ?? known?.list ?? null, fields, known);
  const origin = {
    source: file.source,
    list: file.list ?? list ?? listFromPath(file.path),
    locator: file.path,
    ...(permalink === null ? {} : { permalink }),
  };
  return { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
}
