import { messageIdOf } from '../../mail/message-id.js';
import { backoff, defaultRetries, pause } from './backoff.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { articles, overview, type Group, type Mark, type Progress } from './nntp-articles.js';
import type { OverviewLine } from './nntp-text.js';
import { logIn } from './nntp-login.js';
import { NntpConnection } from './nntp-connection.js';
import { OwedArticles } from './nntp-owed.js';

/** Articles in one overview, and commands sent ahead of their replies. */
const overviewSize = 500;
const window = 32;
const silenceMs = 60_000;
/** RFC 3977, 6: article numbers end here. */
const lastNumber = 2_147_483_647;

/**
 * A newsgroup (RFC 3977), by article number from the mark. The mark names the last article and its Message-ID, so that a group that was numbered anew
 * is noticed; articles that the server could not give are owed and asked for again. Nothing new costs one exchange (GROUP and STAT together).
 */
export async function* nntp(reading: LiveReading): AsyncGenerator<LiveItem> {
  const name = groupName(reading.url);
  const owed = new OwedArticles(reading.mark('owed'));
  const progress: Progress = { mark: parseMark(reading.mark('article')), askedAgain: false };
  const leave = await reading.http.queue.enter(reading.url.hostname, reading.signal);
  try {
    for (let attempt = 1; ; attempt++) {
      const before = progress.mark.number;
      try {
        return yield* session(reading, name, owed, progress);
      } catch (error) {
        reading.signal.throwIfAborted();
        const broken = error instanceof LiveError && (error.fault === 'network' || error.fault === 'too-large');
        if (progress.mark.number > before) attempt = 1;
        if (!broken || attempt >= defaultRetries.attempts) throw error;
        await pause(backoff(attempt, { baseMs: 200, capMs: 10_000 }), reading.signal);
      }
    }
  } finally {
    leave();
  }
}

/** One connection, from greeting to the end of the group. */
async function* session(
  reading: LiveReading,
  name: string,
  owed: OwedArticles,
  progress: Progress,
): AsyncGenerator<LiveItem> {
  const connection = await NntpConnection.open(reading.url, reading.http.guard, silenceMs, reading.signal);
  try {
    if (reading.login !== null) await logIn(connection, reading.url, reading.login, reading.http.guard);
    const group = await enter(connection, reading.url, name, progress.mark, owed);
    if (group.position < progress.mark.number) owed.clear();
    if (!progress.askedAgain) {
      progress.askedAgain = true;
      yield* again(connection, reading, group);
    }
    yield* forward(connection, reading, group, progress);
  } finally {
    connection.close();
  }
}

/** Selects the group, and sees whether the mark still names the article that it named. */
async function enter(
  connection: NntpConnection,
  url: URL,
  name: string,
  mark: Mark,
  owed: OwedArticles,
): Promise<Group> {
  const asks = mark.number > 0 ? [`GROUP ${name}`, `STAT ${mark.number}`] : [`GROUP ${name}`];
  connection.send(...asks);
  let reply = await connection.reply();
  const known = asks.length > 1 ? await connection.reply() : null;
  if (reply.code === 500 || reply.code === 401) {
    await connection.ask('MODE READER');
    reply = await connection.ask(`GROUP ${name}`);
  }
  if (reply.code === 411) throw new LiveError('missing', `${url.host} has no group ${name}; check the name`);
  if (reply.code === 480 || reply.code === 483 || reply.code === 502)
    throw new LiveError(
      'missing',
      `${url.host} lets this program read ${name} only with a password or TLS (${reply.code}); try nntps://user:password@${url.host}/${name}`,
    );
  const [, low = 0, high = 0] = reply.code === 211 ? reply.text.split(' ').map(Number) : [];
  if (reply.code !== 211 || !isNumber(low) || !isNumber(high))
    throw new LiveError('busy', `${url.host} cannot open ${name} now (${reply.code} ${reply.text.slice(0, 100)})`);
  const sameArticle = known?.code !== 223 || mark.messageId === '' || known.text.split(' ')[1] === mark.messageId;
  const renumbered = high < mark.number || !sameArticle;
  return { name, low, high, position: renumbered ? 0 : mark.number, owed };
}

/** Articles that earlier syncs could not get. */
async function* again(connection: NntpConnection, reading: LiveReading, group: Group): AsyncGenerator<LiveItem> {
  const numbers = group.owed.numbers();
  for (let at = 0; at < numbers.length; at += window) {
    yield* articles(connection, reading, group, numbers.slice(at, at + window));
    yield passed('owed', group.owed.mark());
  }
}

async function* forward(
  connection: NntpConnection,
  reading: LiveReading,
  group: Group,
  progress: Progress,
): AsyncGenerator<LiveItem> {
  let size = overviewSize;
  group.position = Math.max(group.position, group.low - 1);
  while (group.position < group.high) {
    const end = Math.min(group.high, group.position + size);
    const found = await overview(connection, group.position + 1, end);
    // Holes may be long; the next look is then wider.
    size = found?.length === 0 ? Math.min(100_000, 2 * size) : overviewSize;
    const wanted = found ?? numbersBetween(group.position + 1, end);
    for (let at = 0; at < wanted.length; at += window) {
      const lines = wanted.slice(at, at + window);
      const unheld = lines.filter(({ messageId }) => !isHeld(reading, messageId)).map(({ number }) => number);
      const owed = new Set(group.owed.numbers());
      yield* articles(
        connection,
        reading,
        group,
        unheld.filter((number) => !owed.has(number)),
        progress,
      );
      const last = lines.at(-1);
      if (last !== undefined) yield* moveTo(group, progress, { number: last.number, messageId: last.messageId });
    }
    const last = wanted.at(-1);
    yield* moveTo(group, progress, last?.number === end ? last : { number: end, messageId: '' });
  }
}

function* moveTo(group: Group, progress: Progress, mark: Mark): Generator<LiveItem> {
  group.position = mark.number;
  progress.mark = mark;
  yield passed('owed', group.owed.mark());
  yield passed('article', `${mark.number} ${mark.messageId}`);
  yield passed('behind', String(group.high - mark.number));
}

function isHeld(reading: LiveReading, messageId: string): boolean {
  const id = messageIdOf(messageId);
  return id !== null && reading.holds(id);
}

function* numbersIn(from: number, to: number): Generator<OverviewLine> {
  for (let number = from; number <= to; number++) yield { number, messageId: '' };
}

function numbersBetween(from: number, to: number): OverviewLine[] {
  return [...numbersIn(from, to)];
}

function parseMark(mark: string | null): Mark {
  const [, number = '0', messageId = ''] = /^(\d{1,10}) (\S*)$/.exec(mark ?? '') ?? [];
  return { number: Number(number), messageId };
}

function isNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= lastNumber;
}

/** The group that a URL names (RFC 5538). @throws LiveError where that is none: nothing else may get into a command */
function groupName(url: URL): string {
  const name = decodeURIComponent(url.pathname.split('/')[1] ?? '');
  if (/^[\w.+-]{1,200}$/.test(name)) return name;
  throw new LiveError('forbidden', `${url.href.slice(0, 200)} names no newsgroup: nntp://news.example.org/group.name`);
}
