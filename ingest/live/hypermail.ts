import { basename, dirname } from 'node:path';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { indexPage, messagePage } from './pages.js';
import { robotsOf } from './robots.js';

const numbered = /^(\d{3,7})\.html?$/;

/** A period of a hypermail archive (its index page, then the messages that it links to), or one message. Messages are numbered as they come. */
export async function* hypermail(reading: LiveReading): AsyncGenerator<LiveItem> {
  const { url } = reading;
  const robots = await robotsOf(reading);
  if (robots.mark !== null) yield robots.mark;
  const list = listOf(url);
  if (numbered.test(basename(url.pathname))) {
    if (reading.mark('message') !== null) return;
    yield* messagePage(url, reading, robots, list);
    return yield passed('message', 'read');
  }
  const index = await indexPage(folderOf(url), reading, robots);
  if (reading.mark('index') === index.hash) return;
  const since = Number(reading.mark('number') ?? -1);
  for (const { page, number } of pagesIn(
    index.links.map((link) => link.url),
    folderOf(url),
  )) {
    if (number <= since) continue;
    try {
      yield* messagePage(page, reading, robots, list);
    } catch (error) {
      // A message that was taken out leaves its number in other pages.
      if (!(error instanceof LiveError) || error.fault !== 'missing') throw error;
    }
    yield passed('number', String(number));
  }
  yield passed('index', index.hash);
}

function pagesIn(links: readonly URL[], folder: URL): { page: URL; number: number }[] {
  const pages = new Map<number, URL>();
  for (const url of links) {
    const number = numbered.exec(basename(url.pathname))?.[1];
    if (number !== undefined && `${url.origin}${dirname(url.pathname)}/` === folder.href)
      pages.set(Number(number), url);
  }
  return [...pages].map(([number, page]) => ({ number, page })).sort((a, b) => a.number - b.number);
}

/** The folder of a period: its URL, without the name of one of its index pages. */
function folderOf(url: URL): URL {
  const path = /\.html?$/.test(url.pathname) ? `${dirname(url.pathname)}/` : url.pathname.replace(/\/*$/, '/');
  return new URL(path, url.origin);
}

/** `/hypermail/linux/kernel/1806.0/` is linux-kernel; elsewhere the page names its list, or its URL does. */
function listOf({ pathname }: URL): string | null {
  const folders =
    /\/(?:hypermail|Public)\/(.{1,200})$/
      .exec(pathname)?.[1]
      ?.split('/')
      .filter((one) => one !== '' && !/\.html?$/.test(one)) ?? [];
  const named = folders.filter((one) => !/^\d{4}[.\d]*$|^\d{4}[A-Z][a-z]{2}$/.test(one));
  return named.length === 0 ? null : named.join('-');
}
