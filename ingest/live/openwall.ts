import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { indexPage, messagePage, type PageLink } from './pages.js';
import { robotsOf, type Robots } from './robots.js';

/** A page of blists: a list, or a year, month, day or message of it. */
interface Place {
  /** The list's own URL, with its last slash. */
  readonly base: string;
  readonly list: string;
  /** `2019/01/31` as far as the URL says it. */
  readonly within: string;
  readonly number: number | null;
}

/** A day and a message's number in it, in one string that sorts. */
type Mark = `${string} ${string}`;

/**
 * A list on Openwall (blists), or a month, day or message of one. The list's page counts the messages of each month, a month's page those of each day:
 * where the first of them did not change, nothing is new. Messages are numbered by day in the order of their arrival.
 */
export async function* openwall(reading: LiveReading): AsyncGenerator<LiveItem> {
  const asked = placeOf(reading.url);
  const robots = await robotsOf(reading);
  if (robots.mark !== null) yield robots.mark;
  if (asked.number !== null) {
    if (reading.mark('message') !== null) return;
    yield* messagePage(reading.url, reading, robots, asked.list);
    return yield passed('message', 'read');
  }
  const top = await indexPage(new URL(asked.base + (asked.within === '' ? '' : `${asked.within}/`)), reading, robots);
  if (reading.mark('index') === top.hash) return;
  // Its links lead from where it was in the end.
  const place = placeOf(top.url);
  const since = (reading.mark('day') ?? '') as Mark;
  for (const day of await daysOf(place, top.links, since, reading, robots))
    yield* readDay(day, place, since, reading, robots);
  yield passed('index', top.hash);
}

interface Day {
  /** `2019/01/31` */
  readonly day: string;
  /** Null where no page counted them. */
  readonly messages: number | null;
}

async function* readDay(
  { day, messages }: Day,
  { base, list }: Place,
  since: Mark,
  reading: LiveReading,
  robots: Robots,
): AsyncGenerator<LiveItem> {
  const count =
    messages ?? highest((await indexPage(new URL(`${base}${day}/`), reading, robots)).links, `${base}${day}/`);
  const [last = '', number = '0'] = since.split(' ');
  for (let at = last === day ? Number(number) + 1 : 1; at <= count; at++) {
    try {
      yield* messagePage(new URL(`${base}${day}/${at}`), reading, robots, list);
    } catch (error) {
      // Keepers take messages out: the number stays empty.
      if (!(error instanceof LiveError) || error.fault !== 'missing') throw error;
    }
    yield passed('day', `${day} ${at}`);
  }
}

/** The days from the mark on, oldest first. */
async function daysOf(
  place: Place,
  links: readonly PageLink[],
  since: Mark,
  reading: LiveReading,
  robots: Robots,
): Promise<Day[]> {
  const depth = place.within === '' ? 0 : place.within.split('/').length;
  if (depth === 3) return [{ day: place.within, messages: highest(links, `${place.base}${place.within}/`) }];
  const from = since.split(' ')[0] ?? '';
  const months =
    depth === 2
      ? [place.within]
      : below(links, place.base, /^(\d{4}\/\d\d)\//).filter((month) => month >= from.slice(0, 7));
  const days: Day[] = [];
  for (const month of months) {
    const page = depth === 2 ? links : (await indexPage(new URL(`${place.base}${month}/`), reading, robots)).links;
    days.push(...daysIn(page, place.base).filter(({ day }) => day.startsWith(month) && day >= from));
  }
  return days;
}

function daysIn(links: readonly PageLink[], base: string): Day[] {
  const counts = new Map<string, number | null>();
  for (const { url, text } of links) {
    const day = url.href.startsWith(base)
      ? /^(\d{4}\/\d\d\/\d\d)\/$/.exec(url.href.slice(base.length))?.[1]
      : undefined;
    if (day === undefined) continue;
    const count = /^(\d{1,6})(?: messages?)?$/.exec(text)?.[1];
    counts.set(day, count === undefined ? (counts.get(day) ?? null) : Number(count));
  }
  return [...counts].map(([day, messages]) => ({ day, messages })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

function below(links: readonly PageLink[], base: string, shape: RegExp): string[] {
  const found = links.flatMap(({ url }) =>
    url.href.startsWith(base) ? (shape.exec(url.href.slice(base.length))?.[1] ?? []) : [],
  );
  return [...new Set(found)].sort();
}

/** The highest number of a message that a day's page links to. */
function highest(links: readonly PageLink[], day: string): number {
  const numbers = links.map(({ url }) =>
    url.href.startsWith(day) ? Number(/^\d{1,6}$/.exec(url.href.slice(day.length))?.[0] ?? 0) : 0,
  );
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function placeOf(url: URL): Place {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const year = segments.findIndex((segment, at) => at > 0 && /^(?:19|20)\d\d$/.test(segment));
  const names = year < 0 ? segments : segments.slice(0, year);
  const date = year < 0 ? [] : segments.slice(year, year + 4);
  const list = names.at(-1);
  if (list === undefined)
    throw new LiveError(
      'not-understood',
      `${url.href} is no list of Openwall: https://lists.openwall.net/linux-kernel/`,
    );
  const within = date.slice(0, 3).join('/');
  const number = date[3] === undefined ? null : Number(date[3]);
  if (number !== null && !Number.isInteger(number))
    throw new LiveError('not-understood', `${url.href} is no message of Openwall`);
  return { base: `${url.origin}/${names.join('/')}/`, list, within, number };
}
