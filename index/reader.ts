import { displayName } from '../mail/mailbox.js';
import { openCovered } from './filter.js';
import type { Library, LibraryMessage } from './library.js';
import { lookUpQuery } from './query-terms.js';
import { openStats } from './stats.js';
import type { Store } from './store.js';

const PAGE = 200;

/** A store as a `Library`. Notices what other processes commit. */
export function libraryOver(store: Store): Library {
  const { db, identities, messages, patchStates, threads, passages, vectors } = store;
  const present = (numbers: readonly number[]): LibraryMessage[] =>
    numbers.map((number) => store.libraryMessage(number)).filter((message) => message !== null);
  const authors = openAuthors(store);
  let version: unknown = null;

  function refresh(): void {
    const now = db.pragma('data_version', { simple: true });
    if (now === version) return;
    if (version !== null) vectors.refresh();
    version = now;
  }

  return {
    search(request) {
      refresh();
      return store.search(request);
    },
    corrected: (question) => store.correction(question),
    weightOf: (stem) => store.weightOf(stem),
    covered: openCovered(db, identities),
    message(id) {
      const number = identities.find(id);
      return number === null ? null : store.libraryMessage(number);
    },
    byPermalink: (url) => present(messages.byPermalink(url)),
    lookUp(words, limit) {
      const query = lookUpQuery(words);
      return query === null ? [] : present(messages.lookUp(query, limit));
    },
    thread(id) {
      const number = identities.find(id);
      return number === null ? null : threads.threadOf(number);
    },
    patchStates(id) {
      const number = identities.find(id);
      return number === null ? [] : patchStates.of(number);
    },
    passage: (key) => passages.load(key),
    authors,
    *everyMessage() {
      for (let page = messages.page(0, PAGE); page.length > 0; page = messages.page(page.at(-1) ?? 0, PAGE)) {
        for (const number of page) {
          const message = store.libraryMessage(number);
          if (message !== null) yield message;
        }
      }
    },
    stats: openStats(db, store.generation, store.recorded, () => vectors.graphed()),
    close: () => db.close(),
  };
}

/** Names that begin, or have a word that begins, with a prefix; who says most comes first. */
function openAuthors({ db, identities }: Store): Library['authors'] {
  const counts = db.prepare<[], { speaker: number; passages: number }>(
    'SELECT speaker, count(*) AS passages FROM passage GROUP BY speaker',
  );
  return (prefix, limit) => {
    const wanted = prefix.trim().toLowerCase();
    const names = new Map<string, number>();
    for (const { speaker, passages } of counts.all()) {
      const name = displayName(identities.person(speaker));
      const lower = name.toLowerCase();
      if (lower.startsWith(wanted) || lower.includes(` ${wanted}`)) names.set(name, (names.get(name) ?? 0) + passages);
    }
    const sorted = [...names].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return sorted.slice(0, limit).map(([name]) => name);
  };
}
