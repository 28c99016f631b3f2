import { backoff, jittered, pause } from './live/backoff.js';
import type { IngestReport } from './report.js';
import { readSources, type FollowedSource } from './sources.js';
import { ingest, type IngestOptions } from './sync.js';

export interface SyncOptions extends Omit<IngestOptions, 'paths' | 'sources' | 'list' | 'format'> {
  /** Those of `sources.json`, unless told. */
  readonly sources?: readonly FollowedSource[];
}

export interface WatchOptions extends Omit<SyncOptions, 'full' | 'sources'> {
  /** Minutes between two syncs of a source that does not say. */
  readonly everyMinutes?: number;
  readonly onReport: (report: IngestReport) => void;
  /** A sync failed as a whole (a full disk, another version's index, a broken `sources.json`); it is tried again. */
  readonly onError: (error: Error) => void;
}

export const defaultEveryMinutes = 15;

const minute = 60_000;
/** However often a source failed, it is tried again after this. */
const longestWait = 6 * 60 * minute;
/** `sources.json` is read again at least this often. */
const longestSleep = minute;

/** Brings every source that is followed up to date, once. Those that could not be read are in the report. @throws as `ingest` */
export function syncOnce(options: SyncOptions): Promise<IngestReport> {
  return ingest({ ...options, paths: [], sources: options.sources ?? readSources(options.dataDir) });
}

/** When a source is due next, ms since 1970, and how often it failed in a row. */
export interface Due {
  readonly at: number;
  readonly failures: number;
}

/** Brings each source up to date on its schedule, with jitter, until the signal is aborted. Sources that fail are asked ever less often. */
export async function watchSources(
  options: WatchOptions & { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const signal = options.signal ?? new AbortController().signal;
  const schedule = new Map<string, Due>();
  while (!signal.aborted) {
    try {
      await syncDue(options, schedule);
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error instanceof Error ? error : new Error(String(error)));
      await pause(jittered(minute), signal).catch(() => undefined);
    }
    await pause(untilNext(schedule), signal).catch(() => undefined);
  }
}

async function syncDue(options: WatchOptions, schedule: Map<string, Due>): Promise<void> {
  const { dataDir, onReport } = options;
  const sources = readSources(dataDir);
  for (const url of schedule.keys()) if (!sources.some((source) => source.url === url)) schedule.delete(url);
  const now = Date.now();
  const due = sources.filter(({ url }) => (schedule.get(url)?.at ?? 0) <= now);
  if (due.length === 0) return;
  const report = await syncOnce({ ...options, sources: due });
  for (const source of due) schedule.set(source.url, nextDue(source, report, schedule.get(source.url), options));
  onReport(report);
}

/** When a source is due again after a sync. Exported for tests. */
export function nextDue(
  { url, everyMinutes }: FollowedSource,
  { failed = [] }: Pick<IngestReport, 'failed'>,
  before: Due | undefined,
  options: Pick<WatchOptions, 'everyMinutes'>,
  now = Date.now(),
): Due {
  const every = (everyMinutes ?? options.everyMinutes ?? defaultEveryMinutes) * minute;
  const failure = failed.find(({ source }) => source === url);
  if (failure === undefined) return { at: now + jittered(every), failures: 0 };
  const failures = (before?.failures ?? 0) + 1;
  const wait = backoff(failures, { baseMs: 2 * every, capMs: Math.max(longestWait, every) });
  return { at: Math.max(now + wait, failure.notBefore ?? 0), failures };
}

function untilNext(schedule: ReadonlyMap<string, Due>): number {
  const next = Math.min(...[...schedule.values()].map(({ at }) => at));
  return Math.max(1_000, Math.min(longestSleep, next - Date.now()));
}
