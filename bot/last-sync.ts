import type { LibraryStats } from '../index/library.js';

/** When a source was last read to its end, ms since 1970; null where none ever was. */
export function lastSync({ sources }: Pick<LibraryStats, 'sources'>): number | null {
  const times = sources.map(({ syncedAt }) => syncedAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(...times);
}
