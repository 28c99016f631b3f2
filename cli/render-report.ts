import { printableLine } from './terminal.js';
import type { IngestReport } from '../ingest/report.js';

/** What an ingest or a rebuild did, in two or three lines. */
export function describeReport(report: IngestReport, dataDir: string): string {
  const { read, added, updated, duplicates, removed, threads, passages, seconds } = report;
  const skipped = Object.entries(report.skipped).filter(([, count]) => count > 0);
  const changes = [
    `${grouped(added)} added`,
    ...(updated > 0 ? [`${grouped(updated)} updated`] : []),
    ...(duplicates > 0 ? [`${grouped(duplicates)} known already`] : []),
    ...(removed > 0 ? [`${grouped(removed)} removed`] : []),
  ];
  return [
    `Read ${grouped(read)} ${read === 1 ? 'message' : 'messages'} in ${seconds.toFixed(1)} s: ${changes.join(', ')}.`,
    ...(skipped.length > 0
      ? [`Skipped: ${skipped.map(([reason, count]) => `${grouped(count)} ${reason}`).join(', ')}.`]
      : []),
    ...(report.failed ?? []).map(
      ({ source, error }) => `Could not read ${printableLine(source)}: ${printableLine(error)}`,
    ),
    `The index in ${dataDir} holds ${grouped(threads)} threads and ${grouped(passages)} passages.`,
  ].join('\n');
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
