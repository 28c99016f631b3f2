import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Archive } from './archive/process.js';
import { lastSync } from './last-sync.js';

/** What `/metrics` shows. */
export interface Metrics {
  readonly registry: Registry;
  /** By how they ended: found, nothing-found, busy, failed. */
  readonly questions: Counter<'outcome'>;
  readonly latency: Histogram<'kind'>;
  readonly errors: Counter<'where'>;
}

export interface Gauges {
  readonly archive: Archive;
  readonly waiting: () => number;
  readonly now: () => number;
}

export function openMetrics({ archive, waiting, now }: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'threadlore_index_age_seconds',
    help: 'Since the archive was last read',
    registers,
    async collect() {
      const at = await archive.ask({ kind: 'stats' }).then(lastSync, () => null);
      this.set(at === null ? NaN : (now() - at) / 1000);
    },
  });
  new Gauge({
    name: 'threadlore_queue_length',
    help: 'Questions that wait or are being answered',
    registers,
    collect() {
      this.set(waiting());
    },
  });
  return {
    registry,
    questions: new Counter({
      name: 'threadlore_questions_total',
      help: 'Questions by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    latency: new Histogram({
      name: 'threadlore_latency_seconds',
      help: 'From the interaction to its answer',
      labelNames: ['kind'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
      registers,
    }),
    errors: new Counter({ name: 'threadlore_errors_total', help: 'What went wrong', labelNames: ['where'], registers }),
  };
}
