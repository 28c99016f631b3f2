import type { IngestReport } from './report.js';

/** What an ingest tells while it works. `total` is null where nobody can know it beforehand. */
export type IngestProgress =
  /** Another process holds the library; the ingest begins when that one is done. */
  | { readonly stage: 'waiting'; readonly pid: number | null }
  /** Messages read so far, of the source that is being read. */
  | { readonly stage: 'reading'; readonly source: string; readonly done: number; readonly total: null }
  /** Messages that a rebuild has taken over. */
  | { readonly stage: 'copying'; readonly done: number; readonly total: number }
  /** Messages whose threads are built, quotes resolved and passages indexed. */
  | { readonly stage: 'weaving'; readonly done: number; readonly total: number }
  /** Passages that the HNSW graph has taken in. */
  | { readonly stage: 'graphing'; readonly done: number; readonly total: number }
  | { readonly stage: 'done'; readonly report: IngestReport };

export type OnProgress = (progress: IngestProgress) => void;
