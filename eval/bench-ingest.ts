import { spawn } from 'node:child_process';
import { packagePath } from '../index/package-path.js';
import type { IngestReport } from '../ingest/report.js';

export interface IngestFigures {
  readonly messages: number;
  readonly passages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly indexMiB: number;
  readonly skipped: IngestReport['skipped'];
  /** The same archive once more: nothing is new. */
  readonly againSeconds: number;
}

interface Run {
  readonly report: IngestReport;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly bytes: number;
}

/** Ingests an archive twice, each time in a process of its own, so that memory and start-up are those of a real run. */
export async function benchIngest(archive: string, dataDir: string): Promise<IngestFigures> {
  const first = await ingestInProcess(archive, dataDir);
  const again = await ingestInProcess(archive, dataDir);
  const { read, passages, seconds, skipped } = first.report;
  return {
    messages: read,
    passages,
    seconds,
    cpuSeconds: first.cpuSeconds,
    peakMiB: first.peakMiB,
    indexMiB: first.bytes / 2 ** 20,
    skipped,
    againSeconds: again.report.seconds,
  };
}

function ingestInProcess(archive: string, dataDir: string): Promise<Run> {
  // CommonJS with `import()`: worker threads inherit the flags of the process, and refuse --input-type=module.
  const program = `(async () => {
    const { ingest } = await import(${module('ingest/sync.js')});
    const { openLibrary } = await import(${module('index/open.js')});
    const report = await ingest({ dataDir: ${JSON.stringify(dataDir)}, paths: [${JSON.stringify(archive)}] });
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const library = await openLibrary(${JSON.stringify(dataDir)});
    const { bytes } = library.stats();
    library.close();
    console.log(JSON.stringify({ report, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024, bytes }));
  })()`;
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(JSON.parse(printed) as Run);
      else reject(new Error(`the ingest of ${archive} ended with status ${String(status)}`));
    });
  });
}

function module(path: string): string {
  return JSON.stringify(new URL(`file://${packagePath(`dist/${path}`)}`).href);
}
