import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagePath } from '../index/package-path.js';
import { benchAsking, type AskTimes } from './bench-ask.js';
import { benchIngest, type IngestFigures } from './bench-ingest.js';
import { benchMeanwhile, type MeanwhileTimes } from './bench-meanwhile.js';
import { benchPublicInbox } from './bench-public-inbox.js';

/**
 * `npm run bench -- <archive>...`: how fast archives are ingested and questions answered on this machine, in fresh processes, and how
 * fast the bot answers while it is idle and while it re-indexes. Where Debian's
 * `public-inbox-index` is installed, it indexes the same public-inbox archive right before, for the ratio. Prints a table and writes
 * `eval/results/bench-<date>.json`.
 */
interface Figures extends IngestFigures, AskTimes, MeanwhileTimes {
  readonly archive: string;
  /** Messages a second of `public-inbox-index`; null where it is not installed or the archive is not its kind. */
  readonly publicInbox: number | null;
}

async function main(archives: readonly string[]): Promise<void> {
  if (archives.length === 0) throw new Error('name the archives to measure: npm run bench -- <archive>...');
  const figures: Figures[] = [];
  for (const archive of archives) {
    const folder = mkdtempSync(join(tmpdir(), 'threadlore-bench-'));
    try {
      const publicInbox = await benchPublicInbox(archive, folder);
      const dataDir = join(folder, 'data');
      const ingested = await benchIngest(archive, dataDir);
      const asked = await benchAsking(dataDir);
      figures.push({ archive, publicInbox, ...ingested, ...asked, ...(await benchMeanwhile(archive, dataDir)) });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stdout.write(tableOf(figures));
  const results = packagePath('eval/results');
  mkdirSync(results, { recursive: true });
  const at = new Date().toISOString();
  const file = join(results, `bench-${at.slice(0, 10)}.json`);
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
  writeFileSync(file, `${JSON.stringify({ at, machine, figures }, null, 2)}\n`);
  process.stdout.write(`\nwritten to ${file}\n`);
}

/** One column for each archive. */
function tableOf(figures: readonly Figures[]): string {
  const rows: readonly (readonly [string, (figure: Figures) => string])[] = [
    ['', ({ archive }) => basename(archive)],
    ['messages', ({ messages }) => String(messages)],
    ['passages', ({ passages }) => String(passages)],
    ['seconds', ({ seconds }) => seconds.toFixed(1)],
    ['CPU seconds', ({ cpuSeconds }) => cpuSeconds.toFixed(1)],
    ['messages/s', ({ messages, seconds }) => (messages / seconds).toFixed(0)],
    ['passages/s', ({ passages, seconds }) => (passages / seconds).toFixed(0)],
    ['public-inbox-index, messages/s', ({ publicInbox }) => publicInbox?.toFixed(0) ?? '-'],
    [
      'times as fast',
      ({ messages, seconds, publicInbox }) =>
        publicInbox === null ? '-' : (messages / seconds / publicInbox).toFixed(1),
    ],
    ['peak memory, MiB', ({ peakMiB }) => peakMiB.toFixed(0)],
    ['index, MiB', ({ indexMiB }) => indexMiB.toFixed(1)],
    ['ingested again, s', ({ againSeconds }) => againSeconds.toFixed(2)],
    ['search, median ms', ({ search }) => search.median.toFixed(1)],
    ['search, p95 ms', ({ search }) => search.p95.toFixed(1)],
    ['ask, median ms', ({ ask }) => ask.median.toFixed(1)],
    ['ask, p95 ms', ({ ask }) => ask.p95.toFixed(1)],
    ['bot idle, median ms', ({ idle }) => idle.median.toFixed(1)],
    ['bot idle, p95 ms', ({ idle }) => idle.p95.toFixed(1)],
    ['bot re-indexing, median ms', ({ meanwhile }) => meanwhile.median.toFixed(1)],
    ['bot re-indexing, p95 ms', ({ meanwhile }) => meanwhile.p95.toFixed(1)],
    ['p95 re-indexing / idle', ({ idle, meanwhile }) => (meanwhile.p95 / idle.p95).toFixed(2)],
    ['questions while re-indexing', ({ meanwhileQuestions }) => String(meanwhileQuestions)],
    ['re-index, s', ({ reindexSeconds }) => reindexSeconds.toFixed(1)],
  ];
  return rows
    .map(([name, cell]) => [name.padEnd(32), ...figures.map((figure) => cell(figure).padStart(36))].join(''))
    .join('\n')
    .concat('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
