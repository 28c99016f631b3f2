import type { MessageId } from '../mail/message-id.js';
import { buildGraphInWorker, graphIsStale } from './graph.js';
import type { LibraryWriter, WovenThread } from './library.js';
import { libraryOver } from './reader.js';
import { readableError } from './errors.js';
import type { Store } from './store.js';
import { decodeVector } from './vector-code.js';

/** A store as a `LibraryWriter`. `closed` is called once, when it is closed. */
export function writerOver(store: Store, closed: () => void): LibraryWriter {
  const { db, identities, messages, sightings, patchStates, threads, passages, vectors } = store;
  const commits = openCommits(store);
  const { transaction, changing } = commits;
  const marks = openMarks(store);

  return {
    ...libraryOver(store),
    transaction,
    put: (message) =>
      changing(() => {
        const { number, textChanged } = messages.put(message);
        if (textChanged) forgetWoven(store, number);
        threads.markUnwoven(number);
      }),
    drop: (id) => changing(() => drop(store, id)),
    addOrigin: (id, origin) =>
      changing(() => {
        const number = identities.find(id);
        return number !== null && messages.has(number) && messages.addOrigin(number, origin);
      }),
    putSightings: (many) =>
      changing(() => {
        for (const sighting of many) {
          const number = sightings.put(sighting);
          if (number !== null) threads.markUnwoven(number);
        }
      }),
    putPatchState: (id, state) => transaction(() => patchStates.put(identities.intern(id), state)),
    twins: (instant, contentHash) =>
      messages.twins(instant, contentHash).flatMap((number) => messages.load(number) ?? []),
    mark: marks.mark,
    setMark: (source, part, value) => transaction(() => marks.setMark(source, part, value)),
    noteSync: (source, at, error) => transaction(() => marks.noteSync(source, at, error)),
    unwoven: () => threads.unwoven(),
    connected(ids) {
      const starts = [...ids].map((id) => identities.find(id)).filter((number) => number !== null);
      const numbers = [...store.connected.closure(starts)];
      return {
        messages: numbers.flatMap((number) => messages.load(number) ?? []),
        sightings: numbers.flatMap((number) => sightings.load(number) ?? []),
      };
    },
    weave: (woven, found) => changing(() => weave(store, woven, found)),
    spoken: (kind, after, limit) => store.spoken.page(kind, after, limit),
    spokenHolding: (words, to, limit) => store.spoken.holding(words, to, limit),
    siftedTo: () => store.spoken.siftedTo(),
    sift(dropped, to) {
      const note = (): void => store.spoken.siftTo(to);
      if (dropped.length === 0) return transaction(note);
      changing(() => {
        passages.remove(dropped);
        note();
      });
    },
    knownVectors: (texts) =>
      texts.map((text) => {
        const code = passages.knownVector(text);
        return code === null ? null : decodeVector(code);
      }),
    async graph({ force, onProgress }) {
      const { generation, recorded } = store;
      const task = { generation, model: recorded.embedder.model, dimensions: recorded.dimensions };
      const count = db.prepare<[number], number>('SELECT count(*) FROM vector WHERE key > ?').pluck();
      const after = (key: number): number => count.get(key) ?? 0;
      if (!force && !graphIsStale(task, { passages: after(0), after })) return;
      await buildGraphInWorker(task, onProgress).catch((error: unknown) => {
        throw readableError(error, generation.folder);
      });
      vectors.refresh();
    },
    close() {
      if (!db.open) return;
      db.close();
      closed();
    },
  };
}

/** Transactions that say in one place what went wrong, and count what changed. */
function openCommits({ db, generation, identities, vectors }: Store) {
  const run = db.transaction((work: () => unknown) => work());
  const bump = db.prepare("UPDATE meta SET value = value + 1 WHERE name = 'revision'");
  let changed = false;

  function transaction<T>(work: () => T): T {
    // Part of the outer one, which fails with it. A savepoint would make FTS5 write what it has gathered to disk.
    if (db.inTransaction) return work();
    try {
      const result = run.immediate(() => {
        const value = work();
        if (changed) bump.run();
        return value;
      }) as T;
      if (changed) vectors.refresh();
      return result;
    } catch (error) {
      identities.forget();
      throw readableError(error, generation.folder);
    } finally {
      changed = false;
    }
  }
  return {
    transaction,
    /** A transaction that changes what can be found. */
    changing: <T>(work: () => T): T =>
      transaction(() => {
        changed = true;
        return work();
      }),
  };
}

/** What weaving made of a message whose text is no longer the same: spans would point at other words. */
function forgetWoven({ threads, passages }: Store, number: number): void {
  passages.removeOf(number);
  threads.setSources(number, []);
}

function drop(store: Store, id: MessageId): boolean {
  const { identities, messages, sightings, threads, connected } = store;
  const number = identities.find(id);
  if (number === null || !messages.has(number)) return false;
  const root = threads.rootOf(number);
  const neighbours = new Set([...connected.neighbours(number), ...(root === null ? [] : threads.membersOf(root))]);
  messages.remove(number);
  forgetWoven(store, number);
  threads.markWoven(number);
  if (root !== null && threads.membersOf(root).length === 1) threads.removeThread(root);
  else threads.makeGhost(number);
  for (const neighbour of neighbours) {
    if (messages.has(neighbour) || sightings.load(neighbour) !== null) threads.markUnwoven(neighbour);
  }
  return true;
}

function weave(store: Store, woven: readonly WovenThread[], vectors: readonly Float32Array[]): void {
  const { identities, messages, threads, passages } = store;
  const before = new Set<number>();
  const placed = new Set<number>();
  for (const { members } of woven) {
    for (const { member } of members) {
      const number = identities.intern(member.messageId);
      placed.add(number);
      const root = threads.rootOf(number);
      if (root !== null) before.add(root);
    }
  }
  for (const root of before) {
    // Whoever loses a place here without getting another is woven next time.
    for (const number of threads.membersOf(root)) {
      if (!placed.has(number) && messages.has(number)) threads.markUnwoven(number);
    }
    threads.removeThread(root);
  }
  let at = 0;
  for (const { rootId, members } of woven) {
    threads.insertThread({ rootId, members: members.map(({ member }) => member) });
    for (const { member, sources, passages: drafts } of members) {
      const number = identities.intern(member.messageId);
      if (messages.has(number)) {
        threads.setSources(number, sources);
        passages.replace(number, drafts, vectors.slice(at, at + drafts.length));
      }
      at += drafts.length;
      threads.markWoven(number);
    }
  }
  if (at !== vectors.length) throw new RangeError(`${vectors.length} vectors for ${at} passages`);
}

function openMarks({ db }: Store) {
  const mark = db.prepare<[string, string], string>('SELECT value FROM mark WHERE source = ? AND part = ?').pluck();
  const setMark = db.prepare('INSERT OR REPLACE INTO mark (source, part, value) VALUES (?, ?, ?)');
  // A failure leaves the time of the last success.
  const noteSync = db.prepare(
    `INSERT INTO sync (source, at, error) VALUES (@source, iif(@error IS NULL, @at, NULL), @error)
     ON CONFLICT (source) DO UPDATE SET at = coalesce(excluded.at, at), error = excluded.error`,
  );
  return {
    mark: (source: string, part: string): string | null => mark.get(source, part) ?? null,
    setMark: (source: string, part: string, value: string): void => void setMark.run(source, part, value),
    noteSync: (source: string, at: number, error: string | null): void => void noteSync.run({ source, at, error }),
  };
}
