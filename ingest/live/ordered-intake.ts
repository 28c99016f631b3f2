import type { Delivery, Intake } from '../intake.js';

/** After so long, what was taken is stored even though the batch is not full: slow sources should not lose an hour's requests to a kill. */
const storeEveryMs = 10_000;

/** An intake that several sources deliver to at once: one after the other, so that a mark is never stored before what it covers. */
export class OrderedIntake {
  readonly #intake: Intake;
  #last: Promise<void> = Promise.resolve();
  #stored = Date.now();
  #failed = false;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  /** Whether the store refused something: nothing can be delivered any more. */
  get failed(): boolean {
    return this.#failed;
  }

  take(delivery: Delivery): Promise<void> {
    return this.#next(async () => {
      await this.#intake.take(delivery);
      if (Date.now() - this.#stored < storeEveryMs) return;
      await this.#intake.finish();
      this.#stored = Date.now();
    });
  }

  finish(): Promise<void> {
    return this.#next(() => this.#intake.finish());
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work).catch((error: unknown) => {
      this.#failed = true;
      throw error;
    });
    this.#last = done;
    done.catch(() => undefined);
    return done;
  }
}
