import { createHash } from 'node:crypto';
import { loadPage } from '../readers/page-html.js';
import { decodePage } from '../readers/page-octets.js';
import type { ArchiveItem } from '../readers/reader.js';
import { fetchedFile, itemsIn } from './items.js';
import type { LiveReading } from './live-reader.js';
import type { Robots } from './robots.js';

/** A link of an index page. */
export interface PageLink {
  readonly url: URL;
  readonly text: string;
}

/** An index page of an archive, fetched. */
export interface IndexPage {
  /** Where it was in the end: its links lead from there. */
  readonly url: URL;
  readonly links: readonly PageLink[];
  /** Changes when the page does. */
  readonly hash: string;
}

/** Index pages of years of mail have tens of thousands of links. */
const mostLinks = 200_000;

/** Fetches an index page. Links to other hosts are left out. @throws LiveError */
export async function indexPage(url: URL, { http, signal }: LiveReading, robots: Robots | null): Promise<IndexPage> {
  robots?.check(url);
  const answer = await http.get(url, { signal, accept: 'text/html' });
  const octets = answer.kind === 'fetched' ? answer.octets : Buffer.alloc(0);
  const at = answer.kind === 'fetched' ? answer.url : url;
  return { url: at, links: linksIn(octets, at), hash: createHash('sha256').update(octets).digest('hex').slice(0, 32) };
}

function linksIn(octets: Buffer, at: URL): PageLink[] {
  const $ = loadPage(decodePage(octets));
  const links: PageLink[] = [];
  for (const anchor of $('a[href]').toArray().slice(0, mostLinks)) {
    const href = anchor.attribs['href'] ?? '';
    if (href.length > 2000 || !URL.canParse(href, at.href)) continue;
    const url = new URL(href, at);
    url.hash = '';
    if (url.origin === at.origin) links.push({ url, text: $(anchor).text().slice(0, 300).trim() });
  }
  return links;
}

/** The messages of one archive page; each without a permalink of its own gets the page's URL. @throws LiveError */
export async function* messagePage(
  url: URL,
  reading: LiveReading,
  robots: Robots | null,
  list: string | null,
): AsyncGenerator<ArchiveItem> {
  robots?.check(url);
  const answer = await reading.http.get(url, { signal: reading.signal, accept: 'text/html' });
  if (answer.kind === 'unchanged') return;
  const file = fetchedFile(answer.octets, url, reading.source, reading.list ?? list);
  for await (const item of itemsIn(file, url)) {
    if (item.kind !== 'message') yield item;
    else yield { ...item, message: { ...item.message, origin: { ...item.message.origin, permalink: url.href } } };
  }
}
