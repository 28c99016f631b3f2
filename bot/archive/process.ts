import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Models } from '../../settings.js';
import type { Job, Results } from './jobs.js';

/** A job on its way to the archive's process, and what comes back. Errors keep their name: it says what a person is told. */
export interface Request {
  readonly number: number;
  readonly job: Job;
}
export type Reply =
  | { readonly number: number; readonly kind: 'done'; readonly result: Results[Job['kind']] }
  | { readonly number: number; readonly kind: 'failed'; readonly name: string; readonly message: string };

/** More questions wait than can be answered soon. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** The archive, answering in a process of its own: native code that fails there takes no bot with it. */
export interface Archive {
  /** Rejects with `BusyError` where too many questions wait, with the index's own errors (by name), or when the process dies. */
  ask<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<Results[K]>;
  /** Jobs that wait or run. */
  waiting(): number;
  /** Resolves once nothing waits or runs. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** What the archive's process opens. */
export interface Opened {
  readonly dataDir: string;
  readonly models: Models;
}

export interface ArchiveOptions extends Opened {
  /** Jobs that may wait at once; completions come first, since Discord waits 3 s for them. */
  readonly mostWaiting: number;
  readonly onCrash: (error: Error) => void;
}

interface Pending {
  readonly job: Job;
  readonly resolve: (result: Results[Job['kind']]) => void;
  readonly reject: (error: Error) => void;
}

const urgent: ReadonlySet<Job['kind']> = new Set(['authors', 'subjects', 'stats']);

/** A process that dies fails the job that it was at, and the next job starts another one. */
export function openArchive(options: ArchiveOptions): Archive {
  const queues: { readonly urgent: Pending[]; readonly usual: Pending[] } = { urgent: [], usual: [] };
  let archive: ChildProcess | null = null;
  let running: (Pending & { readonly number: number }) | null = null;
  let jobs = 0;
  let idlers: (() => void)[] = [];

  const waiting = (): number => queues.urgent.length + queues.usual.length + (running === null ? 0 : 1);

  function start(): ChildProcess {
    const { dataDir, models } = options;
    const started = fork(program(), [JSON.stringify({ dataDir, models } satisfies Opened)], {
      serialization: 'advanced',
      execArgv: [],
    });
    started.on('message', (reply: Reply) => {
      if (running?.number !== reply.number) return;
      const { resolve, reject } = running;
      running = null;
      if (reply.kind === 'done') resolve(reply.result);
      else reject(Object.assign(new Error(reply.message), { name: reply.name }));
      next();
    });
    started.on('error', (error) => died(started, error));
    started.on('exit', (code, signal) =>
      died(started, new Error(`the archive's process ended with ${String(code ?? signal)}`)),
    );
    return started;
  }

  function died(which: ChildProcess, error: Error): void {
    if (archive !== which) return;
    archive = null;
    options.onCrash(error);
    running?.reject(error);
    running = null;
    next();
  }

  function next(): void {
    if (running !== null) return;
    const pending = queues.urgent.shift() ?? queues.usual.shift();
    if (pending === undefined) {
      for (const resolve of idlers) resolve();
      idlers = [];
      return;
    }
    running = { ...pending, number: jobs++ };
    archive ??= start();
    archive.send({ number: running.number, job: pending.job } satisfies Request);
  }

  return {
    ask<K extends Job['kind']>(job: Extract<Job, { kind: K }>) {
      if (waiting() > options.mostWaiting) {
        return Promise.reject(new BusyError('too many questions at once'));
      }
      return new Promise<Results[K]>((resolve, reject) => {
        const queue = urgent.has(job.kind) ? queues.urgent : queues.usual;
        queue.push({ job, resolve: (result) => resolve(result as Results[K]), reject });
        next();
      });
    },
    waiting,
    idle: () => (waiting() === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    async close() {
      const ending = archive;
      archive = null;
      if (ending === null) return;
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      ending.disconnect();
      await ended;
    },
  };
}

/** The compiled program: beside this file, or, where this runs from source (tests do), in `dist/`. */
function program(): string {
  const here = import.meta.url;
  return fileURLToPath(
    here.endsWith('.ts') ? new URL('../../dist/bot/archive/program.js', here) : new URL('program.js', here),
  );
}
