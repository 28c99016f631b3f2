import type { Settings } from '../settings.js';
import type { Archive } from './archive/process.js';
import type { Cooldown } from './cooldown.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';
import type { Reindexing } from './reindex/running.js';
import type { BotStore } from './store.js';

/** What every command works with. */
export interface Bot {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly archive: Archive;
  readonly store: BotStore;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly cooldown: Cooldown;
  readonly reindexing: Reindexing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
