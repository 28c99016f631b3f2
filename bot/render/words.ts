import type { Searched, StatusNote } from '../../answer/answer.js';
import { formatIsoLocal, type MailDate } from '../../mail/date.js';
import { hidesAddress } from '../addresses.js';
import { hostLink, inertLine } from '../markdown.js';

/** The day on the writer's own clock. */
export function dayOf(date: MailDate | null): string {
  return date === null ? 'undated' : formatIsoLocal(date).slice(0, 10);
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

export function counted(count: number, one: string, several = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}

/** `<t:…:R>`: Discord shows it as "5 minutes ago", in the reader's language. */
export function ago(instant: number): string {
  return `<t:${Math.floor(instant / 1000)}:R>`;
}

/** `[lore.kernel.org](…)`, up to two archives; empty where no page is known. */
export function linksTo(permalinks: readonly { readonly url: string }[], most = 2): string[] {
  const links: string[] = [];
  for (const { url } of permalinks.slice(0, 20)) {
    const link = hostLink(url);
    if (link !== null && links.length < most && !links.some((known) => sameHost(known, link))) links.push(link);
  }
  return links;
}

function sameHost(a: string, b: string): boolean {
  return a.slice(0, a.indexOf('(')) === b.slice(0, b.indexOf('('));
}

export const statusWords: Readonly<Record<StatusNote['kind'], { readonly mark: string; readonly words: string }>> = {
  superseded: { mark: '⏭️', words: 'superseded by a later version' },
  acked: { mark: '✅', words: 'acked' },
  reviewed: { mark: '✅', words: 'reviewed' },
  tested: { mark: '✅', words: 'tested' },
  nacked: { mark: '⛔', words: 'nacked' },
  objected: { mark: '⚠️', words: 'objection' },
  corrected: { mark: '✏️', words: 'corrected by the author' },
  applied: { mark: '📦', words: 'applied' },
  'series-applied': { mark: '📦', words: 'series applied' },
  tracked: { mark: '🗂️', words: 'Patchwork' },
};

/** A line of small print for what was searched for, where that is not what was asked, and one for what was searched. */
export function searchedLines(searched: Searched): string {
  const { words } = searched;
  const asked = words === undefined ? '' : `-# Searched for: ${inertLine(words, 300)}\n`;
  return `${asked}-# ${searchedLine(searched)}`;
}

/** `Searched 30 messages of gannet-dev, gannet-users, 2023-10-10 to 2024-09-17 · index read 5 minutes ago`. At most about 600 characters. */
function searchedLine({ lists, messages, first, last, author, after, before, syncedAt }: Searched): string {
  const named = lists.slice(0, 4).map((list) => inertLine(list, 40));
  const more = lists.length - named.length;
  const names = named.length === 0 ? '' : ` of ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const days = first === null || last === null ? '' : `, ${dayOf(first)} to ${dayOf(last)}`;
  const only = [
    author === null ? '' : `said by ${inertLine(author, 60)}`,
    after === null ? '' : `from ${dayOf({ instant: after, offset: 0 })}`,
    before === null ? '' : `before ${dayOf({ instant: before, offset: 0 })}`,
  ].filter((part) => part !== '');
  const limited = only.length === 0 ? '' : ` · only what was ${only.join(', ')}`;
  const read = syncedAt === null ? '' : ` · archive read ${ago(syncedAt)}`;
  return `Searched ${counted(messages, 'message')}${names}${days}${limited}${read}`;
}

/** For the line that credits words, where an address in them is not shown: they are not all there, letter by letter. */
export function hiddenWords(text: string): string[] {
  return hidesAddress(text) ? ['*address hidden*'] : [];
}
