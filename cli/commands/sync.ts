import type { Command } from 'commander';
import { syncOnce, watchSources } from '../../ingest/follow.js';
import type { IngestReport } from '../../ingest/report.js';
import { readSources } from '../../ingest/sources.js';
import { contextOf, httpOptionsOf, type Context, type World } from '../context.js';
import { Failure, QuietFailure } from '../failure.js';
import { progressDisplay } from '../progress.js';
import { describeReport } from '../render-report.js';
import { writeLine } from '../streams.js';

/** `threadlore sync [--watch]`: brings every source that is followed up to date. */
export function addSync(program: Command, world: World): void {
  program
    .command('sync')
    .description('bring every source that is followed up to date (see `threadlore source`)')
    .option('--watch', 'go on doing so, each source on its schedule')
    .option('--full', 'read again what was read before')
    .option('--json', 'print reports as JSON, one line each')
    .action(async (flags: { watch?: true; full?: true; json?: true }, command: Command) => {
      const context = contextOf(world, command);
      if (readSources(context.dataDir).length === 0)
        throw new Failure('no source is followed yet: add one with `threadlore source add <url>`');
      const say = (report: IngestReport): Promise<void> => sayReport(report, context, flags.json === true);
      if (flags.watch === true) return watch(context, say);
      const report = await withDisplay(context, (shared) => syncOnce({ ...shared, full: flags.full === true }));
      await say(report);
      if (report.failed !== undefined) throw new QuietFailure();
    });
}

async function watch(context: Context, say: (report: IngestReport) => Promise<void>): Promise<void> {
  await withDisplay(context, (shared) =>
    watchSources({
      ...shared,
      onReport: (report) => void say(report),
      onError: (error) => void complain(context, error),
    }),
  );
}

function complain({ streams }: Context, error: Error): void {
  streams.log.write(`threadlore: ${error.message}\n`);
}

type Shared = Parameters<typeof syncOnce>[0];

async function withDisplay<T>(
  { dataDir, settings, streams, signal }: Context,
  work: (shared: Shared) => Promise<T>,
): Promise<T> {
  const display = progressDisplay(streams.log);
  try {
    return await work({
      dataDir,
      http: httpOptionsOf(settings),
      ...(settings.embedding === null ? {} : { embedder: settings.embedding }),
      onProgress: display.onProgress,
      signal,
    });
  } finally {
    display.stop();
  }
}

async function sayReport(report: IngestReport, { streams, dataDir }: Context, json: boolean): Promise<void> {
  await writeLine(streams.out, json ? JSON.stringify(report) : describeReport(report, dataDir));
}
