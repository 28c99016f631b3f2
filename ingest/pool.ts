import { Worker } from 'node:worker_threads';

/** What a worker answers: to the job of the same number. */
export type Reply<R> =
  | { readonly job: number; readonly kind: 'done'; readonly result: R }
  | { readonly job: number; readonly kind: 'failed'; readonly error: Error };

interface Pending<J, R> {
  readonly job: J;
  readonly transfer: readonly ArrayBuffer[];
  readonly resolve: (result: R) => void;
  readonly reject: (error: Error) => void;
}

interface Hand<J, R> {
  readonly worker: Worker;
  readonly running: Map<number, Pending<J, R>>;
}

/** Jobs that a worker holds at once: the second is unpacked the moment the first is done. */
const AT_ONCE = 2;

/** A worker thread died. The ingest ends; what was committed stays, and the next ingest goes on from there. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
  constructor(cause: Error) {
    super(
      `a worker thread of the ingest died (${cause.message}); run the same ingest again, it goes on where it stopped`,
      { cause },
    );
  }
}

/** Worker threads that run jobs of one program. Jobs beyond what they can take wait in order. Idle threads do not keep the process alive. */
export class Pool<J, R> {
  readonly #hands: Hand<J, R>[];
  readonly #waiting: Pending<J, R>[] = [];
  #jobs = 0;
  #failure: Error | null = null;

  constructor(program: URL, size: number, workerData: unknown) {
    this.#hands = Array.from({ length: size }, () => this.#hire(program, workerData));
  }

  /** Whether a thread has died: then every job is rejected, and a new pool is needed. */
  get isBroken(): boolean {
    return this.#failure !== null;
  }

  /** Runs one job. Rejects with what the job threw, or with `WorkerCrash` when a thread dies. */
  run(job: J, transfer: readonly ArrayBuffer[] = []): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) return reject(this.#failure);
      this.#waiting.push({ job, transfer, resolve, reject });
      this.#assign();
    });
  }

  /** Runs a job on every thread, one after the other. */
  async each(job: J): Promise<void> {
    for (const hand of this.#hands) {
      await new Promise<R>((resolve, reject) => {
        if (this.#failure !== null) return reject(this.#failure);
        this.#hand(hand, { job, transfer: [], resolve, reject });
      });
    }
  }

  /** Takes back the jobs that no thread has begun: their promises are rejected with `reason`. */
  cancel(reason: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  #hire(program: URL, workerData: unknown): Hand<J, R> {
    const worker = new Worker(program, { workerData });
    const hand: Hand<J, R> = { worker, running: new Map() };
    worker.unref();
    worker.on('message', (reply: Reply<R>) => {
      const pending = hand.running.get(reply.job);
      hand.running.delete(reply.job);
      if (hand.running.size === 0) worker.unref();
      if (reply.kind === 'done') pending?.resolve(reply.result);
      else pending?.reject(reply.error);
      this.#assign();
    });
    worker.on('error', (error) => {
      this.#fail(new WorkerCrash(error instanceof Error ? error : new Error(String(error))));
    });
    worker.on('exit', (code) => {
      this.#fail(new WorkerCrash(new Error(`exit status ${String(code)}`)));
    });
    return hand;
  }

  #assign(): void {
    for (let count = 0; count < AT_ONCE; count++) {
      for (const hand of this.#hands) {
        if (hand.running.size > count) continue;
        const next = this.#waiting.shift();
        if (next === undefined) return;
        this.#hand(hand, next);
      }
    }
  }

  #hand({ worker, running }: Hand<J, R>, pending: Pending<J, R>): void {
    const job = this.#jobs++;
    running.set(job, pending);
    worker.ref();
    worker.postMessage({ job, work: pending.job }, pending.transfer);
  }

  #fail(failure: Error): void {
    if (this.#failure !== null) return;
    this.#failure = failure;
    const pending = [...this.#hands.flatMap(({ running }) => [...running.values()]), ...this.#waiting];
    this.#waiting.length = 0;
    for (const { running } of this.#hands) running.clear();
    for (const { reject } of pending) reject(failure);
  }
}
