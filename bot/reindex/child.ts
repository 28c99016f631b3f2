import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { IngestProgress } from '../../ingest/progress.js';
import type { IngestReport } from '../../ingest/report.js';
import type { ReindexOrder } from './run.js';

/** What the bot tells the process, and what it tells the bot. */
export type Order = { readonly kind: 'begin'; readonly order: ReindexOrder } | { readonly kind: 'cancel' };
export type Told = { readonly kind: 'progress'; readonly progress: IngestProgress } | Outcome;

/** How a re-index ended. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: IngestReport }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  /** It runs in another process of the bot, and this one leaves before it ends. */
  | { readonly kind: 'out-of-sight' };

export interface Child {
  /** Never rejects. */
  readonly ended: Promise<Outcome>;
  cancel(): void;
}

/** Starts the process. It ends when it is done, and when the bot does. */
export function startChild(order: ReindexOrder, onProgress: (progress: IngestProgress) => void): Child {
  const child = fork(program(), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let outcome: Outcome | null = null;
  child.on('message', (told: Told) => {
    if (told.kind === 'progress') onProgress(told.progress);
    else outcome = told;
  });
  child.send({ kind: 'begin', order } satisfies Order);
  const ended = new Promise<Outcome>((resolve) => {
    child.once('error', ({ name, message }) => resolve({ kind: 'failed', name, message }));
    child.once('exit', (code, signal) => {
      const died = `the process that re-indexes ended without a word (${signal ?? `exit status ${String(code)}`})`;
      resolve(outcome ?? { kind: 'failed', name: 'Error', message: died });
    });
  });
  return {
    ended,
    cancel() {
      if (child.connected) child.send({ kind: 'cancel' } satisfies Order);
    },
  };
}

/** The compiled program: beside this file, or, where this runs from source (tests do), in `dist/`. */
function program(): string {
  const here = import.meta.url;
  return fileURLToPath(
    here.endsWith('.ts') ? new URL('../../dist/bot/reindex/process.js', here) : new URL('process.js', here),
  );
}
