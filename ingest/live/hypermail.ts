import { basename, dirname } from 'node:path';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { indexPage, messagePage, type IndexPage } from './pages.js';
import { robotsOf, type Robots } from './robots.js';

const numbered = /^(\d{3,7})\.html?$/;

/** What hypermail archives call their periods: `1806.0`, `2024`, `2019Jan`. */
const period = /^\d{4}(?:\.\d+|[A-Z][a-z]{2})?$/;

/**
 * A hypermail archive: one message, a period (its index page, then the messages that it links to), or all periods that the archive's own page links to.
 * Messages are numbered as they come; periods that lie back do not change.
 */
export async function* hypermail(reading: LiveReading): AsyncGenerator<LiveItem> {
  const { url } = reading;
  const robots = await robotsOf(reading);
  if (robots.mark !== null) yield robots.mark;
  if (numbered.test(basename(url.pathname))) {
    if (reading.mark('message') !== null) return;
    yield* messagePage(url, reading, robots, listOf(url));
    return yield passed('message', 'read');
  }
  const index = await indexPage(folderOf(url), reading, robots);
  const folder = folderOf(index.url);
  const links = index.links.map((link) => link.url);
  const periods = pagesIn(links, folder).length > 0 ? [] : periodsIn(links, folder);
  if (periods.length === 0) return yield* readPeriod({ folder, index, suffix: '' }, reading, robots);
  // The archive's page need not change when its last period does.
  for (const [at, { name, folder: below }] of periods.entries()) {
    if (at < periods.length - 2 && reading.mark(`index ${name}`) !== null) continue;
    const page = await indexPage(below, reading, robots);
    yield* readPeriod({ folder: below, index: page, suffix: ` ${name}` }, reading, robots);
  }
}

/** `suffix` tells the marks of one period from those of others. */
async function* readPeriod(
  { folder, index, suffix }: { readonly folder: URL; readonly index: IndexPage; readonly suffix: string },
  reading: LiveReading,
  robots: Robots,
): AsyncGenerator<LiveItem> {
  if (reading.mark(`index${suffix}`) === index.hash) return;
  const list = listOf(folder);
  const since = Number(reading.mark(`number${suffix}`) ?? -1);
  const links = index.links.map((link) => link.url);
  for (const { page, number } of pagesIn(links, folder)) {
    if (number <= since) continue;
    try {
      yield* messagePage(page, reading, robots, list);
    } catch (error) {
      // A message that was taken out leaves its number in other pages.
      if (!(error instanceof LiveError) || error.fault !== 'missing') throw error;
    }
    yield passed(`number${suffix}`, String(number));
  }
  yield passed(`index${suffix}`, index.hash);
}

/** The folders below the archive's own that are periods, oldest first. */
function periodsIn(links: readonly URL[], folder: URL): { name: string; folder: URL }[] {
  const names = links.flatMap((url) => {
    if (!url.href.startsWith(folder.href)) return [];
    const [name = '', page = '', ...deeper] = url.pathname.slice(folder.pathname.length).split('/');
    return period.test(name) && deeper.length === 0 && (page === '' || /\.html?$/.test(page)) ? [name] : [];
  });
  return [...new Set(names)]
    .map((name) => ({ name, folder: new URL(`${name}/`, folder) }))
    .sort((one, other) => orderOf(one.name) - orderOf(other.name));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `1806.10` is the eleventh week (or so) of its month; two digits are a year of the century that hypermail was written in, or of the next. */
function orderOf(name: string): number {
  const month = months.indexOf(name.slice(4));
  if (month >= 0) return Number(name.slice(0, 4)) * 12 + month;
  const [first = '', part = '0'] = name.split('.');
  const year = Number(first.slice(0, 2));
  return name.includes('.')
    ? ((year < 80 ? year + 100 : year) * 12 + Number(first.slice(2))) * 100 + Number(part)
    : Number(first);
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
  const named = folders.filter((one) => !period.test(one));
  return named.length === 0 ? null : named.join('-');
}
