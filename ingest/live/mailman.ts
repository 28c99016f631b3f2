import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openArchiveFile } from '../archive-file.js';
import { itemsIn } from './items.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { indexPage } from './pages.js';
import { robotsOf } from './robots.js';
import { knownValidators, validatorsMark } from './validators.js';

const dayMs = 86_400_000;
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A list's archive of Mailman: pipermail (2.1), by its months' texts, or HyperKitty (3), by its mbox export. */
export async function* mailman(reading: LiveReading): AsyncGenerator<LiveItem> {
  const robots = await robotsOf(reading);
  if (robots.mark !== null) yield robots.mark;
  const hyperkitty = /^(.*\/list\/([^/@]+@[^/]+))(?:\/|$)/.exec(decodeURIComponent(reading.url.pathname));
  if (hyperkitty === null) return yield* pipermail(reading, robots);
  const [, path = '', address = ''] = hyperkitty;
  yield* exported(reading, new URL(`${path}/`, reading.url), address, robots);
}

type Robots = Awaited<ReturnType<typeof robotsOf>>;

/** The index names each month's text; months that lie back do not change, and the latest two are asked for by ETag or date. */
async function* pipermail(reading: LiveReading, robots: Robots): AsyncGenerator<LiveItem> {
  const base = new URL(reading.url.pathname.replace(/(?:\/[^/]*\.html?)?\/*$/, '/'), reading.url);
  const index = await indexPage(base, reading, robots);
  if (reading.mark('index') === index.hash) return;
  const months = index.links.flatMap(({ url }) => (monthOf(url) === null ? [] : [{ url, month: monthOf(url) ?? '' }]));
  months.sort((left, right) => (left.month < right.month ? -1 : 1));
  if (months.length === 0)
    throw new LiveError('not-understood', `${base.href} names no month's text (YYYY-Month.txt.gz)`);
  const list = reading.list ?? basename(base.pathname);
  for (const [at, { url, month }] of months.entries()) {
    const known = reading.mark(`month ${month}`);
    if (known !== null && at < months.length - 2) continue;
    yield* fetched(url, `month ${month}`, reading, list, robots);
  }
  yield passed('index', index.hash);
}

function monthOf(url: URL): string | null {
  const [, year, name] = /^(\d{4})-([A-Z][a-z]{2,8})\.txt(?:\.gz)?$/.exec(basename(url.pathname)) ?? [];
  const month = monthNames.indexOf(name ?? '');
  return month < 0 ? null : `${year ?? ''}-${String(month + 1).padStart(2, '0')}`;
}

/** Month by month from the first that the archive's page names; then from a day before the last sync. */
async function* exported(reading: LiveReading, base: URL, address: string, robots: Robots): AsyncGenerator<LiveItem> {
  const list = reading.list ?? address.split('@')[0] ?? address;
  const mark = reading.mark('until');
  let from = mark === null ? await firstMonth(base, reading, robots) : Date.parse(mark) - dayMs;
  const end = Date.now() + dayMs;
  while (from < end) {
    const to = Math.min(end, nextMonth(from));
    const url = new URL(
      `export/${encodeURIComponent(address)}-${day(from)}.mbox.gz?start=${day(from)}&end=${day(to)}`,
      base,
    );
    yield* fetched(url, 'export', reading, list, robots);
    from = to;
    yield passed('until', day(Math.min(to, Date.now())));
  }
}

async function firstMonth(base: URL, reading: LiveReading, robots: Robots): Promise<number> {
  const page = await indexPage(base, reading, robots);
  const months = page.links.flatMap(({ url }) => {
    const [, year, month] = /\/(\d{4})\/(\d{1,2})\/$/.exec(url.pathname) ?? [];
    return year === undefined ? [] : [Date.UTC(Number(year), Number(month) - 1)];
  });
  if (months.length === 0)
    throw new LiveError('not-understood', `${base.href} names no months; is it a list's archive page?`);
  return months.reduce((first, month) => Math.min(first, month));
}

function nextMonth(instant: number): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

async function* fetched(
  url: URL,
  part: string,
  reading: LiveReading,
  list: string,
  robots: Robots,
): AsyncGenerator<LiveItem> {
  robots.check(url);
  const path = join(await reading.folder(), 'month');
  try {
    const known = part === 'export' ? null : knownValidators(reading.mark(part));
    const answer = await reading.http.download(url, path, { signal: reading.signal, known });
    if (answer.kind === 'unchanged') return;
    const opened = await openArchiveFile(path, { source: reading.source, list });
    // An export of days without mail is an empty mbox.
    yield* itemsIn({ ...opened, path: `${url.origin}${url.pathname}` }, url);
    if (part !== 'export') yield passed(part, validatorsMark(answer.validators));
  } finally {
    await rm(path, { force: true });
  }
}
