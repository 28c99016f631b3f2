import type { LibraryStats } from '../index/library.js';

/** Why an index answers nothing whatever is asked, and how to mend it; null where it holds what can be searched. */
export function unsearchable({
  messages,
  passages,
}: Pick<LibraryStats, 'messages' | 'passages'>): { readonly detail: string; readonly mend: string } | null {
  if (passages.own + passages.recovered > 0) return null;
  if (messages === 0)
    return { detail: 'it holds no messages yet', mend: 'threadlore ingest <path>, which says what it could not use' };
  // Passages are made once all is read: what was killed before leaves messages alone.
  return {
    detail: `none of its ${messages.toLocaleString('en-US')} messages can be searched: an ingest did not finish, or is at work`,
    mend: 'run the same threadlore ingest again: it goes on',
  };
}
