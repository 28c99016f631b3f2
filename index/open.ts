import { mkdirSync } from 'node:fs';
import { copyGeneration } from './copy-generation.js';
import { openDatabase } from './database.js';
import { BUNDLED_MODEL, openEmbedder, type EmbedderConfig } from './embedder.js';
import { readableError } from './errors.js';
import { currentGeneration, newGeneration, publish, requireGeneration, sweep, type Generation } from './generation.js';
import type { Library, LibraryWriter } from './library.js';
import { lockForWriting, type Lock, type LockOptions } from './lock.js';
import { writeRecorded } from './meta.js';
import { packageVersion } from './package-path.js';
import { libraryOver } from './reader.js';
import { createSchema, SCHEMA_VERSION } from './schema.js';
import { openStore, type OpenOptions, type Store } from './store.js';
import { writerOver } from './writer.js';

/** What stands behind a library of this engine: for copying what its interface does not show. */
const stores = new WeakMap<Library, Store>();

export function storeOf(library: Library): Store {
  const store = stores.get(library);
  if (store === undefined)
    throw new TypeError('this library was not opened by openLibrary, openWriter or beginGeneration');
  return store;
}

/**
 * Opens the index for reading. Throws `NoIndexError` where there is none, `IndexMismatchError` where another version or another model than
 * `options.embedder` made it, `DamagedIndexError` where its file is no database.
 */
export async function openLibrary(dataDir: string, options: OpenOptions = {}): Promise<Library> {
  const generation = requireGeneration(dataDir);
  try {
    return known(openStore(generation, 'read', options), libraryOver);
  } catch (error) {
    // A rebuild may have swapped the generation between reading its name and opening it.
    const now = requireGeneration(dataDir);
    if (now.name === generation.name) throw error;
    return known(openStore(now, 'read', options), libraryOver);
  }
}

export interface WriterOptions extends OpenOptions, LockOptions {}

/** Opens the index for writing, made where there is none. Throws as `openLibrary`, and `IndexBusyError` where another writer is at work. */
export async function openWriter(dataDir: string, options: WriterOptions = {}): Promise<LibraryWriter> {
  const lock = await takeLock(dataDir, options);
  try {
    sweep(dataDir);
    const generation = currentGeneration(dataDir) ?? (await firstGeneration(dataDir, options));
    return known(openStore(generation, 'write', options), (store) => writerOver(store, () => lock.release()));
  } catch (error) {
    lock.release();
    throw readableError(error, dataDir);
  }
}

/** A writer of an index that nobody reads yet. */
export interface GenerationWriter extends LibraryWriter {
  /** Puts it in place of the present index, at once for every reader that opens after this, and closes it. */
  commit(): Promise<void>;
  /** Closes and forgets it. So does `close` without `commit`. */
  abandon(): void;
}

/** Begins an empty index beside the present one, with the lock held until it is committed or abandoned. */
export function beginGeneration(dataDir: string, options: WriterOptions = {}): Promise<GenerationWriter> {
  return beginBeside(dataDir, options, (generation) => create(generation, options.embedder ?? BUNDLED_MODEL));
}

/** Begins a copy of the present index beside it, as `beginGeneration` does an empty one. Throws as `openWriter`, and `NoIndexError` where there is none. */
export function beginCopy(
  dataDir: string,
  { onCopied, ...options }: WriterOptions & { readonly onCopied?: (done: number, total: number) => void } = {},
): Promise<GenerationWriter> {
  return beginBeside(dataDir, options, (generation) =>
    copyGeneration(requireGeneration(dataDir), generation, onCopied),
  );
}

async function beginBeside(
  dataDir: string,
  options: WriterOptions,
  fill: (generation: Generation) => Promise<void>,
): Promise<GenerationWriter> {
  const lock = await takeLock(dataDir, options);
  const end = (): void => {
    sweep(dataDir);
    lock.release();
  };
  try {
    sweep(dataDir);
    const generation = newGeneration(dataDir);
    await fill(generation);
    const store = openStore(generation, 'write', options);
    const writer = writerOver(store, end);
    return known(store, () => ({
      ...writer,
      async commit() {
        store.db.pragma('wal_checkpoint(TRUNCATE)');
        publish(dataDir, generation);
        writer.close();
      },
      abandon: () => writer.close(),
    }));
  } catch (error) {
    end();
    throw readableError(error, dataDir);
  }
}

function known<T extends Library>(store: Store, make: (store: Store) => T): T {
  const library = make(store);
  stores.set(library, store);
  return library;
}

async function takeLock(dataDir: string, options: LockOptions): Promise<Lock> {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw readableError(error, dataDir);
  }
  return lockForWriting(dataDir, options);
}

async function firstGeneration(dataDir: string, options: OpenOptions): Promise<Generation> {
  const generation = newGeneration(dataDir);
  await create(generation, options.embedder ?? BUNDLED_MODEL);
  publish(dataDir, generation);
  return generation;
}

/** Makes the tables. Vectors have the length that the model gives. */
async function create(generation: Generation, embedder: EmbedderConfig): Promise<void> {
  // A model of the user's is tried before anything is read for it, and may have fewer dimensions than are wanted.
  const { dimensions } = embedder === BUNDLED_MODEL ? BUNDLED_MODEL : await openEmbedder(embedder);
  const db = openDatabase(generation.store, 'write');
  try {
    db.transaction(() => {
      createSchema(db);
      writeRecorded(db, { schema: SCHEMA_VERSION, version: packageVersion(), embedder, dimensions });
    })();
  } finally {
    db.close();
  }
}
