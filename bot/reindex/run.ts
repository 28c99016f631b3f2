import type { EmbedderConfig } from '../../index/embedder.js';
import type { HttpOptions } from '../../ingest/live/http.js';
import type { IngestProgress } from '../../ingest/progress.js';
import type { IngestReport } from '../../ingest/report.js';
import { reindex } from '../../ingest/reindex.js';
import { readSources, type FollowedSource } from '../../ingest/sources.js';
import { ingest } from '../../ingest/sync.js';

/** What a re-index is to do. */
export interface ReindexOrder {
  readonly dataDir: string;
  readonly embedder: EmbedderConfig | null;
  /** How archives on servers are asked. */
  readonly http: HttpOptions;
  /** Paths and URLs that were ingested before, or are followed. */
  readonly sources: readonly string[];
  /** Reads everything again, not only what is new, then rebuilds threads, passages and graph beside the present index and swaps. */
  readonly full: boolean;
}

/** Reads the sources again; with `full`, rebuilds the index too. Throws as `ingest` and `reindex` do; the present index goes on serving. */
export async function runReindex(
  { dataDir, embedder, http, sources, full }: ReindexOrder,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal,
): Promise<IngestReport> {
  const model = embedder === null ? {} : { embedder };
  const watched = (progress: IngestProgress): void => {
    if (progress.stage !== 'done') onProgress(progress);
  };
  const read = await ingest({
    dataDir,
    ...partsOf(dataDir, sources),
    http,
    full,
    ...model,
    onProgress: watched,
    signal,
  });
  signal.throwIfAborted();
  if (!full) return read;
  const rebuilt = await reindex({ dataDir, ...model, onProgress: watched, signal });
  const { threads, passages } = rebuilt;
  return { ...read, threads, passages, seconds: read.seconds + rebuilt.seconds };
}

/** What is wrong with a source that is followed stops no other one; a path that an admin names must be there. */
function partsOf(dataDir: string, sources: readonly string[]): { paths: string[]; sources: FollowedSource[] } {
  const followed = readSources(dataDir).filter(({ url }) => sources.includes(url));
  return { paths: sources.filter((source) => !followed.some(({ url }) => url === source)), sources: followed };
}
