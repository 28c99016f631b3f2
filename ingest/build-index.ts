import { BUNDLED_MODEL, type EmbedderConfig } from '../index/embedder.js';
import type { LibraryWriter } from '../index/library.js';
import { openDestination, type Into } from './destination.js';
import type { OnProgress } from './progress.js';
import { reportOf, Tally, type IngestReport } from './report.js';
import { siftRecovered } from './sift.js';
import { openStages, type Stages } from './stages.js';
import { weaveAll } from './weaving.js';

export interface BuildOptions {
  /** Where the index lives. */
  readonly dataDir: string;
  /** The model that a new index is made with. */
  readonly embedder?: EmbedderConfig;
  /** Worker threads; one for each core unless told. */
  readonly workers?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** What brings messages into an index that is being built. */
export interface Building {
  readonly writer: LibraryWriter;
  readonly tally: Tally;
  readonly stages: Stages;
  /** Messages that an index made anew took over. */
  readonly taken: number;
}

/** Opens where an index is built, has `gather` bring the messages, and makes the rest of them: threads, passages, vectors, graph, report. */
export async function buildIndex(
  into: Into,
  { dataDir, onProgress, signal, ...options }: BuildOptions,
  gather: (building: Building) => Promise<void> | void,
): Promise<IngestReport> {
  const embedder = options.embedder ?? BUNDLED_MODEL;
  const tally = new Tally();
  const { writer, taken, ...destination } = await openDestination(into, { dataDir, embedder, onProgress, signal });
  const stages = openStages(embedder, options.workers);
  try {
    await gather({ writer, tally, stages, taken });
    await weaveAll(writer, stages, onProgress, signal);
    await siftRecovered(writer, signal);
    signal?.throwIfAborted();
    await writer.graph({
      force: into === 'anew',
      onProgress: (done, total) => onProgress?.({ stage: 'graphing', done, total }),
    });
    signal?.throwIfAborted();
    const report = reportOf(writer, tally);
    await destination.commit();
    onProgress?.({ stage: 'done', report });
    return report;
  } finally {
    stages.close();
    destination.close();
  }
}
