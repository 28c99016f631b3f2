import { BUNDLED_MODEL, type EmbedderConfig } from '../index/embedder.js';
import { openDestination } from './destination.js';
import type { OnProgress } from './progress.js';
import { reportOf, Tally, type IngestReport } from './report.js';
import { openStages } from './stages.js';
import { weaveAll } from './weaving.js';

export interface ReindexOptions {
  readonly dataDir: string;
  /** The model that the new index is made with; it may differ from the present one's. */
  readonly embedder?: EmbedderConfig;
  /** Worker threads; one for each core unless told. */
  readonly workers?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * Rebuilds the index from the messages it holds, beside the present one, and then swaps: threads, passages, vectors and graph are made anew. No
 * archive is read. Where it fails or is stopped, the present index goes on serving. `read` counts the messages that were taken over.
 *
 * @throws NoIndexError where there is nothing to rebuild.
 */
export async function reindex({ dataDir, onProgress, signal, ...options }: ReindexOptions): Promise<IngestReport> {
  const embedder = options.embedder ?? BUNDLED_MODEL;
  const tally = new Tally();
  const { writer, taken, ...destination } = await openDestination('anew', { dataDir, embedder, onProgress, signal });
  tally.read = taken;
  const stages = openStages(embedder, options.workers);
  try {
    await weaveAll(writer, stages, onProgress, signal);
    await writer.graph({ force: true, onProgress: (done, total) => onProgress?.({ stage: 'graphing', done, total }) });
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
