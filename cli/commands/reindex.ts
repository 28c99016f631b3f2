import type { Command } from 'commander';
import type { IngestReport } from '../../ingest/report.js';
import { reindex } from '../../ingest/reindex.js';
import { contextOf, type World } from '../context.js';
import { progressDisplay } from '../progress.js';
import { describeReport } from '../render-report.js';
import { writeLine } from '../streams.js';

/** `threadlore reindex`: makes threads, passages and vectors anew from the stored messages, then swaps. */
export function addReindex(program: Command, world: World): void {
  program
    .command('reindex')
    .description('rebuild the index from the messages it holds, then swap: after a change of the model or the version')
    .option('--json', 'print the report as JSON')
    .action(async ({ json }: { json?: true }, command: Command) => {
      const { dataDir, settings, streams, signal } = contextOf(world, command);
      const display = progressDisplay(streams.log);
      let report: IngestReport;
      try {
        report = await reindex({
          dataDir,
          ...(settings.embedding === null ? {} : { embedder: settings.embedding }),
          onProgress: display.onProgress,
          signal,
        });
      } finally {
        display.stop();
      }
      await writeLine(streams.out, json === true ? JSON.stringify(report) : describeReport(report, dataDir));
    });
}
