import type { EmbedderConfig } from '../../index/embedder.js';
import { openLibrary } from '../../index/open.js';
import type { HttpOptions } from '../../ingest/live/http.js';
import type { OnProgress } from '../../ingest/progress.js';
import type { IngestReport } from '../../ingest/report.js';
import { readSources, type FollowedSource } from '../../ingest/sources.js';
import { ingest, type Place } from '../../ingest/sync.js';

/** What a re-index is to do. */
export interface ReindexOrder {
  readonly dataDir: string;
  readonly embedder: EmbedderConfig | null;
  /** How archives on servers are asked. */
  readonly http: HttpOptions;
  /** Paths and URLs that were ingested before, or are followed. */
  readonly sources: readonly string[];
  readonly how: ReindexHow;
}

/**
 * - `sync`: reads what is new into the present index. For the schedule, which runs every few minutes: to copy gigabytes for three mails would wear
 *   the disk, each batch is whole for those who ask, and what a failure leaves is finished by the next sync.
 * - `beside`: reads what is new into a copy, which takes the place of the present index once it is whole, or never.
 * - `anew`: reads everything again, and makes threads, passages, vectors and graph anew, beside the present index too.
 */
export type ReindexHow = 'sync' | 'beside' | 'anew';

const into = { sync: 'present', beside: 'copy', anew: 'anew' } as const;

/** Reads the sources again. Throws as `ingest` does; the present index goes on serving. */
export async function runReindex(
  { dataDir, embedder, http, sources, how }: ReindexOrder,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<IngestReport> {
  return ingest({
    dataDir,
    ...(await partsOf(dataDir, sources)),
    http,
    full: how === 'anew',
    into: into[how],
    ...(embedder === null ? {} : { embedder }),
    onProgress,
    signal,
  });
}

/** What is wrong with a source that is followed stops no other one; a path that an admin names must be there. Each is read for the list that it was ingested for. */
async function partsOf(
  dataDir: string,
  sources: readonly string[],
): Promise<{ paths: Place[]; sources: FollowedSource[] }> {
  const followed = readSources(dataDir).filter(({ url }) => sources.includes(url));
  const paths = sources.filter((source) => !followed.some(({ url }) => url === source));
  if (paths.length === 0) return { paths: [], sources: followed };
  const library = await openLibrary(dataDir);
  const { sources: known } = library.stats();
  library.close();
  const placeOf = (path: string): Place => {
    const { list = null, format = null } = known.find(({ source }) => source === path) ?? {};
    return { path, list, format };
  };
  return { paths: paths.map(placeOf), sources: followed };
}
