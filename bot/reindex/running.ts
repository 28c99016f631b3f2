import type { EmbedderConfig } from '../../index/embedder.js';
import type { HttpOptions } from '../../ingest/live/http.js';
import type { IngestProgress } from '../../ingest/progress.js';
import { Refusal } from '../failures.js';
import type { Board, Notice } from './board.js';
import { startChild, type Outcome } from './child.js';
import { watchElsewhere } from './elsewhere.js';

/** A re-index that runs or has just ended. */
export interface Run extends Notice {
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

/** At most one re-index at a time, in all of the bot's processes together. */
export interface Reindexing {
  /** What runs, here or in another of the bot's processes. */
  current(): Run | null;
  /** Starts one, or gives the one that runs: `isNew` says which. */
  start(order: Pick<Notice, 'sources' | 'how'> & { readonly by: string | null }): {
    readonly run: Run;
    readonly isNew: boolean;
  };
  /** Stops what runs here, and resolves once it has ended. */
  stop(): Promise<void>;
}

export interface ReindexingOptions {
  readonly dataDir: string;
  readonly embedder: EmbedderConfig | null;
  readonly http: HttpOptions;
  readonly board: Board;
  readonly now: () => number;
}

/** How often the board is told that a run lives. */
const beatMs = 1_000;

export function openReindexing({ dataDir, embedder, http, board, now }: ReindexingOptions): Reindexing {
  let own: Run | null = null;
  const leaving = new AbortController();
  const elsewhere = (): Run | null => {
    const notice = board.running();
    return notice === null ? null : watchElsewhere(board, notice, leaving.signal);
  };
  return {
    current: () => own ?? elsewhere(),
    start({ sources, how, by }) {
      if (own !== null) return { run: own, isNew: false };
      if (leaving.signal.aborted) throw new Refusal('I am restarting: ask for the re-index again in a minute.');
      const notice: Notice = { number: now(), startedAt: now(), startedBy: by, how, sources };
      if (!board.post(notice)) {
        const other = elsewhere();
        if (other !== null) return { run: other, isNew: false };
      }
      const run = (own = begin(notice));
      return { run, isNew: true };
    },
    async stop() {
      leaving.abort();
      own?.cancel();
      await own?.ended;
    },
  };

  function begin(notice: Notice): Run {
    const { sources, how, number } = notice;
    let last: StageProgress | null = null;
    let cancelling = false;
    const child = startChild({ dataDir, embedder, http, sources, how }, (progress) => {
      if (progress.stage === 'done') return;
      const same = last !== null && last.progress.stage === progress.stage;
      const done = 'done' in progress ? progress.done : 0;
      last = { progress, stageBegan: same && last !== null ? last.stageBegan : { at: now(), done } };
    });
    const cancel = (): void => {
      cancelling = true;
      child.cancel();
    };
    const beat = setInterval(() => {
      if (board.beat(number, last) && !cancelling) cancel();
    }, beatMs);
    beat.unref();
    const ended = child.ended.then((outcome) => {
      clearInterval(beat);
      own = null;
      board.end(number, outcome);
      return outcome;
    });
    return {
      ...notice,
      progress: () => last,
      ended,
      cancel,
      get cancelling() {
        return cancelling;
      },
    };
  }
}
