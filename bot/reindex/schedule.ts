import { nextDue, type Due } from '../../ingest/follow.js';
import { readSources, type FollowedSource } from '../../ingest/sources.js';
import type { Bot } from '../bot.js';

/** Keeps the sources of `sources.json` up to date while the bot runs. */
export interface Freshness {
  stop(): void;
}

const lookEveryMs = 15_000;

/** Looks now and then which sources are due, and reads them in the process that re-indexes: one at a time with what an admin starts. */
export function keepFresh(bot: Bot): Freshness {
  const schedule = new Map<string, Due>();
  const look = (): void => {
    try {
      if (bot.reindexing.current() === null) startDue(bot, schedule);
    } catch (error) {
      bot.log.error({ err: error }, 'cannot follow the archives');
    }
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  look();
  return { stop: () => clearInterval(timer) };
}

function startDue(bot: Bot, schedule: Map<string, Due>): void {
  const sources = readSources(bot.dataDir);
  const due = sources.filter(({ url }) => (schedule.get(url)?.at ?? 0) <= bot.now());
  if (due.length === 0) return;
  const { run, isNew } = bot.reindexing.start({ sources: due.map(({ url }) => url), how: 'sync', by: null });
  if (!isNew) return;
  void run.ended.then((outcome) => {
    const failed = outcome.kind === 'done' ? (outcome.report.failed ?? []) : due.map((source) => failure(source));
    for (const source of due)
      schedule.set(source.url, nextDue(source, { failed }, schedule.get(source.url), {}, bot.now()));
    if (outcome.kind === 'failed') bot.log.error({ reason: outcome.message }, 'the archives could not be followed');
    for (const { source, error } of failed)
      if (outcome.kind === 'done') bot.log.warn({ source, reason: error }, 'a source could not be read');
  });
}

function failure({ url }: FollowedSource): { source: string; error: string; notBefore: null } {
  return { source: url, error: 'the sync did not come to its end', notBefore: null };
}
