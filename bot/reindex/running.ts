import type { EmbedderConfig } from '../../index/embedder.js';
import type { HttpOptions } from '../../ingest/live/http.js';
import type { IngestProgress } from '../../ingest/progress.js';
import { startChild, type Child, type Outcome } from './child.js';

/** A re-index that runs or has just ended. */
export interface Run {
  /** For its cancel button: a button of an earlier run does nothing to a later one. */
  readonly number: number;
  readonly startedAt: number;
  /** Null: the schedule. */
  readonly startedBy: string | null;
  readonly full: boolean;
  readonly sources: readonly string[];
  /** The last word of the process. */
  progress(): StageProgress | null;
  readonly ended: Promise<Outcome>;
  cancel(): void;
  readonly cancelling: boolean;
}

/** Where a stage of the work is, and when that stage began. */
export interface StageProgress {
  readonly progress: Exclude<IngestProgress, { stage: 'done' }>;
  readonly stageBegan: { readonly at: number; readonly done: number };
}

/** At most one re-index at a time. */
export interface Reindexing {
  current(): Run | null;
  /** Starts one, or gives the one that runs. */
  start(order: { readonly sources: readonly string[]; readonly full: boolean; readonly by: string | null }): Run;
  /** Stops what runs, and resolves once it has ended. */
  stop(): Promise<void>;
}

export interface ReindexingOptions {
  readonly dataDir: string;
  readonly embedder: EmbedderConfig | null;
  readonly http: HttpOptions;
  readonly now: () => number;
}

export function openReindexing({ dataDir, embedder, http, now }: ReindexingOptions): Reindexing {
  let run: Run | null = null;
  return {
    current: () => run,
    start({ sources, full, by }) {
      if (run !== null) return run;
      const started = startRun({ sources, full, startedBy: by, number: now(), startedAt: now() }, (onProgress) =>
        startChild({ dataDir, embedder, http, sources, full }, onProgress),
      );
      run = started;
      void started.ended.then(() => (run = null));
      return started;
    },
    async stop() {
      run?.cancel();
      await run?.ended;
    },
  };

  function startRun(
    about: Pick<Run, 'sources' | 'full' | 'startedBy' | 'number' | 'startedAt'>,
    start: (onProgress: (progress: IngestProgress) => void) => Child,
  ): Run {
    let last: StageProgress | null = null;
    let cancelling = false;
    const child = start((progress) => {
      if (progress.stage === 'done') return;
      const same = last !== null && last.progress.stage === progress.stage;
      const done = 'done' in progress ? progress.done : 0;
      last = { progress, stageBegan: same && last !== null ? last.stageBegan : { at: now(), done } };
    });
    return {
      ...about,
      progress: () => last,
      ended: child.ended,
      cancel() {
        cancelling = true;
        child.cancel();
      },
      get cancelling() {
        return cancelling;
      },
    };
  }
}
