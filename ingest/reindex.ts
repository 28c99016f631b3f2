import { copyTruth } from '../index/copy-truth.js';
import { BUNDLED_MODEL, type EmbedderConfig } from '../index/embedder.js';
import { beginGeneration, openLibrary } from '../index/open.js';
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
  (await openLibrary(dataDir)).close();
  const to = await beginGeneration(dataDir, {
    embedder,
    wait: true,
    onWaiting: (pid) => onProgress?.({ stage: 'waiting', pid }),
  });
  const stages = openStages(embedder, options.workers);
  try {
    // Opened with the lock held: what another writer added while this one waited is taken over too.
    const from = await openLibrary(dataDir);
    try {
      copyTruth(from, to, (done, total) => {
        signal?.throwIfAborted();
        tally.read = done;
        onProgress?.({ stage: 'copying', done, total });
      });
    } finally {
      from.close();
    }
    await weaveAll(to, stages, onProgress, signal);
    await to.graph({ force: true, onProgress: (done, total) => onProgress?.({ stage: 'graphing', done, total }) });
    signal?.throwIfAborted();
    const report = reportOf(to, tally);
    await to.commit();
    onProgress?.({ stage: 'done', report });
    return report;
  } catch (error) {
    to.abandon();
    throw error;
  } finally {
    stages.close();
  }
}
