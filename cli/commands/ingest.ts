import type { Command } from 'commander';
import type { IngestReport } from '../../ingest/report.js';
import { ingest } from '../../ingest/sync.js';
import { contextOf, httpOptionsOf, type World } from '../context.js';
import { Failure } from '../failure.js';
import { progressDisplay } from '../progress.js';
import { describeReport } from '../render-report.js';
import { writeLine } from '../streams.js';

interface IngestFlags {
  readonly list?: string;
  readonly format?: string;
  readonly full?: true;
  readonly json?: true;
}

/** `threadlore ingest <path-or-url>...`: reads archives into the index. */
export function addIngest(program: Command, world: World): void {
  program
    .command('ingest')
    .description('read archives into the index: mbox, Maildir, public-inbox, saved archive pages; folders are walked')
    .argument('<path-or-url...>', 'files, folders, or URLs of archives on servers')
    .option('--list <name>', "the list's name, where the archive does not say it")
    .option('--format <format>', 'read as this format instead of detecting it')
    .option('--full', 'read again what was read before')
    .option('--json', 'print the report as JSON')
    .action(async (paths: string[], flags: IngestFlags, command: Command) => {
      const { dataDir, settings, streams, signal } = contextOf(world, command);
      const display = progressDisplay(streams.log);
      let report: IngestReport;
      try {
        report = await ingest({
          dataDir,
          paths,
          ...(flags.list === undefined ? {} : { list: flags.list }),
          ...(flags.format === undefined ? {} : { format: flags.format }),
          http: httpOptionsOf(settings),
          ...(flags.full === true ? { full: true } : {}),
          ...(settings.embedding === null ? {} : { embedder: settings.embedding }),
          onProgress: display.onProgress,
          signal,
        });
      } finally {
        display.stop();
      }
      await writeLine(streams.out, flags.json === true ? JSON.stringify(report) : describeReport(report, dataDir));
      const [failed] = report.failed ?? [];
      if (failed !== undefined) throw new Failure(`${failed.source}: ${failed.error}`);
    });
}
