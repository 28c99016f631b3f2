import type { Library, ListStats, SearchFilter } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import type { Searched } from './answer.js';

/** Says what a search covered: the lists (those of the filter where it names any), how many messages, from when to when. */
export function searchedOf(library: Library, filter: SearchFilter): Searched {
  const { lists, sources, messages } = library.stats();
  const covered = filter.lists === undefined ? lists : lists.filter(({ list }) => named(filter.lists ?? [], list));
  const synced = sources.map(({ syncedAt }) => syncedAt).filter((at) => at !== null);
  return {
    lists: covered.map(({ list }) => list),
    messages: filter.lists === undefined ? messages : covered.reduce((sum, list) => sum + list.messages, 0),
    first: extreme(covered, 'first', (a, b) => a < b),
    last: extreme(covered, 'last', (a, b) => a > b),
    author: filter.author ?? null,
    after: filter.after ?? null,
    before: filter.before ?? null,
    syncedAt: synced.length === 0 ? null : Math.max(...synced),
  };
}

function named(lists: readonly string[], list: string): boolean {
  return lists.some((name) => name.toLowerCase() === list.toLowerCase());
}

function extreme(
  lists: readonly ListStats[],
  side: 'first' | 'last',
  beats: (a: number, b: number) => boolean,
): MailDate | null {
  let best: MailDate | null = null;
  for (const { [side]: date } of lists) {
    if (date !== null && (best === null || beats(date.instant, best.instant))) best = date;
  }
  return best;
}
