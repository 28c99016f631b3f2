import { copyTruth } from '../index/copy-truth.js';
import type { EmbedderConfig } from '../index/embedder.js';
import type { LibraryWriter } from '../index/library.js';
import { beginCopy, beginGeneration, openLibrary, openWriter } from '../index/open.js';
import type { OnProgress } from './progress.js';

/**
 * Where an ingest writes: into the present index, where each batch shows at once and what is stored stays; or beside it, and what is beside takes its
 * place as a whole, or is forgotten. A copy begins as the present index is; one that is made anew holds its messages, all of them to be woven.
 */
export type Into = 'present' | 'copy' | 'anew';

export interface Destination {
  readonly writer: LibraryWriter;
  /** Messages that an index made anew took over. */
  readonly taken: number;
  /** Puts what was written in place of the present index, where it is beside it. */
  commit(): Promise<void>;
  /** Without `commit`, what is beside the present index is forgotten. */
  close(): void;
}

export interface DestinationOptions {
  readonly dataDir: string;
  readonly embedder: EmbedderConfig;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Opens it, when other writers are done. Throws as `openWriter`; beside the present index `NoIndexError` too, where there is none. */
export async function openDestination(into: Into, options: DestinationOptions): Promise<Destination> {
  const { dataDir, embedder, onProgress, signal } = options;
  const writing = {
    embedder,
    wait: true,
    onWaiting: (pid: number | null) => onProgress?.({ stage: 'waiting', pid }),
  };
  const copied = (done: number, total: number): void => {
    signal?.throwIfAborted();
    onProgress?.({ stage: 'copying', done, total });
  };
  if (into === 'present') {
    const writer = await openWriter(dataDir, writing);
    return { writer, taken: 0, commit: () => Promise.resolve(), close: () => writer.close() };
  }
  // Where there is nothing to begin with, that is said before an empty index is made.
  (await openLibrary(dataDir)).close();
  const writer =
    into === 'copy'
      ? await beginCopy(dataDir, { ...writing, onCopied: copied })
      : await beginGeneration(dataDir, writing);
  try {
    const taken = into === 'anew' ? await takeOver(dataDir, writer, copied) : 0;
    return { writer, taken, commit: () => writer.commit(), close: () => writer.close() };
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** Opened with the lock held: what another writer added while this one waited is taken over too. */
async function takeOver(
  dataDir: string,
  to: LibraryWriter,
  copied: (done: number, total: number) => void,
): Promise<number> {
  const from = await openLibrary(dataDir);
  let taken = 0;
  try {
    copyTruth(from, to, (done, total) => {
      copied(done, total);
      taken = done;
    });
  } finally {
    from.close();
  }
  return taken;
}
