import { maxMessageOctets } from '../readers/limits.js';
import { itemOfOctets } from '../readers/octets-item.js';
import { shownAt } from './items.js';
import { LiveError } from './live-error.js';
import type { LiveItem, LiveReading } from './live-reader.js';
import type { NntpConnection } from './nntp-connection.js';
import type { OwedArticles } from './nntp-owed.js';
import { overviewLines, type OverviewLine } from './nntp-text.js';

/** News articles do not tell where the archive shows them. That of the kernel's lists names its inboxes as the groups end. */
const lore = { news: 'nntp.lore.kernel.org', pages: 'https://lore.kernel.org' };
const largestOverview = 64 * 2 ** 20;

/** Where a group is, and how far it was read. */
export interface Group {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** The last article that was delivered, and those that are owed. */
  position: number;
  readonly owed: OwedArticles;
}

/** The last article that was delivered. */
export interface Mark {
  readonly number: number;
  readonly messageId: string;
}

/** What lasts over several connections of one sync. */
export interface Progress {
  mark: Mark;
  /** Whether the articles that earlier syncs owe were asked for. */
  askedAgain: boolean;
}

/** What the server has between two numbers; null where it gives no overviews. */
export async function overview(connection: NntpConnection, from: number, to: number): Promise<OverviewLine[] | null> {
  for (const command of ['OVER', 'XOVER']) {
    const { code } = await connection.ask(`${command} ${from}-${to}`);
    if (code === 224) {
      const lines = overviewLines(await connection.block(largestOverview));
      return lines.filter(({ number }) => number >= from && number <= to).sort((a, b) => a.number - b.number);
    }
    if (code === 420 || code === 423) return [];
    if (code === 400) throw new LiveError('network', 'the news server ends the connection');
  }
  return null;
}

/**
 * Fetches articles, many commands under way at once. Those that the server has no more are passed over; those that it cannot give now, or breaks off
 * at, are owed. What came is not asked for again on the next connection.
 */
export async function* articles(
  connection: NntpConnection,
  reading: LiveReading,
  group: Group,
  numbers: readonly number[],
  progress: Progress | null = null,
): AsyncGenerator<LiveItem> {
  if (numbers.length === 0) return;
  connection.send(...numbers.map((number) => `ARTICLE ${number}`));
  for (const number of numbers) {
    const locator = `${group.name}:${number}`;
    const answer = await article(connection, number, group.owed);
    if (answer === 'too-large' || answer === 'given-up') {
      yield { kind: 'skipped', reason: answer === 'too-large' ? 'too-large' : 'unreadable', locator };
    } else if (answer !== 'none') {
      const { source, list, url } = reading;
      const item = itemOfOctets(answer, { source, list, fallbackList: listOfGroup(group.name), locator });
      yield url.hostname === lore.news ? shownAt(item, `${lore.pages}/${listOfGroup(group.name)}/`) : item;
    }
    if (progress !== null) progress.mark = { number, messageId: '' };
    if (answer === 'too-large') throw new LiveError('network', `${reading.url.host} sent an article that is too large`);
  }
}

/** The reply to one ARTICLE. */
async function article(
  connection: NntpConnection,
  number: number,
  owed: OwedArticles,
): Promise<Buffer | 'none' | 'too-large' | 'given-up'> {
  try {
    const { code, text } = await connection.reply();
    if (code === 400) throw new LiveError('network', `the news server ends the connection (${text.slice(0, 100)})`);
    const octets = code === 220 ? await connection.block(maxMessageOctets) : null;
    if (code === 220 || code === 423 || code === 430) owed.settled(number);
    if (octets !== null) return octets;
    return code === 423 || code === 430 || !owed.failed(number) ? 'none' : 'given-up';
  } catch (error) {
    if (error instanceof LiveError && error.fault === 'too-large') return 'too-large';
    owed.failed(number);
    throw error;
  }
}

/** `org.kernel.vger.linux-raid` is `linux-raid`. */
function listOfGroup(name: string): string {
  return name.split('.').at(-1) || name;
}
