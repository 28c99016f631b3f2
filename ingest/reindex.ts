import { buildIndex, type BuildOptions } from './build-index.js';
import type { IngestReport } from './report.js';

/** `embedder` may differ from the model of the present index. */
export type ReindexOptions = BuildOptions;

/**
 * Rebuilds the index from the messages it holds, beside the present one, and then swaps: threads, passages, vectors and graph are made anew. No
 * archive is read. Where it fails or is stopped, the present index goes on serving. `read` counts the messages that were taken over.
 *
 * @throws NoIndexError where there is nothing to rebuild.
 */
export function reindex(options: ReindexOptions): Promise<IngestReport> {
  return buildIndex('anew', options, ({ tally, taken }) => void (tally.read = taken));
}
