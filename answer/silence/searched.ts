import type { Covered, Library, ListStats, SearchFilter } from '../../index/library.js';
import type { MailDate } from '../../mail/date.js';
import type { Searched } from '../answer.js';
import type { Query } from '../question/query.js';

/** Says what was searched for where that is not what was asked, and what the search covered: the lists (those of the filter where it names any), how many messages, from when to when. */
export function searchedOf(library: Library, { corrected, filter }: Pick<Query, 'corrected' | 'filter'>): Searched {
  const { lists, sources } = library.stats();
  const synced = sources.map(({ syncedAt }) => syncedAt).filter((at) => at !== null);
  const { author, after, before } = filter;
  const narrowed = author !== undefined || after !== undefined || before !== undefined;
  return {
    ...(corrected === null ? {} : { words: corrected }),
    lists: listsOf(lists, filter).map(({ list }) => list),
    ...(narrowed ? library.covered(filter) : everyMessageOf(library, filter)),
    author: author ?? null,
    after: after ?? null,
    before: before ?? null,
    syncedAt: synced.length === 0 ? null : Math.max(...synced),
  };
}

/** How many messages the lists of a filter hold, whoever said what in them and when. */
export function messagesOf(library: Library, { lists: named }: SearchFilter): number {
  const { lists, messages } = library.stats();
  if (named === undefined) return messages;
  return listsOf(lists, { lists: named }).reduce((sum, list) => sum + list.messages, 0);
}

function everyMessageOf(library: Library, filter: SearchFilter): Covered {
  const covered = listsOf(library.stats().lists, filter);
  return {
    messages: messagesOf(library, filter),
    first: extreme(covered, 'first', (a, b) => a < b),
    last: extreme(covered, 'last', (a, b) => a > b),
  };
}

function listsOf(lists: readonly ListStats[], { lists: named }: SearchFilter): readonly ListStats[] {
  if (named === undefined) return lists;
  const wanted = new Set(named.map((name) => name.toLowerCase()));
  return lists.filter(({ list }) => wanted.has(list.toLowerCase()));
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
