import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../ingest/sync.js';
import type { SourceKind } from '../ingest/live/live-reader.js';
import { hasPublicInbox, serveInbox } from './live-inbox.js';

/** No-change syncs that are timed; their median is told. */
const repeats = 5;

/**
 * `npm run bench:live -- [messages]`: how fast a list is read for the first time from a public-inbox server on loopback (Debian's `public-inbox`), over
 * HTTP, NNTP and git, indexing included, and what a sync costs that finds nothing new. The mails are generated; 5,000 unless told.
 */
async function main(messages: number): Promise<void> {
  if (!Number.isSafeInteger(messages) || messages < 1)
    throw new Error('say how many messages: npm run bench:live -- 5000');
  if (!hasPublicInbox()) throw new Error('public-inbox is not installed (apt-get install public-inbox)');
  const inbox = await serveInbox(messages);
  const places: readonly (readonly [SourceKind, string])[] = [
    ['public-inbox-http', inbox.web],
    ['nntp', inbox.news],
    ['public-inbox-git', inbox.web],
  ];
  process.stdout.write(
    `${messages} messages, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`,
  );
  try {
    for (const [kind, url] of places) process.stdout.write(`${await measured(kind, url, messages)}\n`);
  } finally {
    inbox.close();
  }
}

async function measured(kind: SourceKind, url: string, messages: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'threadlore-bench-live-'));
  const sync = async (): Promise<{ added: number; ms: number }> => {
    const began = performance.now();
    const { added, failed } = await ingest({
      ...{ dataDir, paths: [], sources: [{ url, kind, list: null, everyMinutes: null }] },
      http: { contact: null, allowPrivate: true },
    });
    if (failed !== undefined) throw new Error(failed.map(({ error }) => error).join('; '));
    return { added, ms: performance.now() - began };
  };
  try {
    const first = await sync();
    if (first.added !== messages) throw new Error(`${kind}: ${first.added} of ${messages} messages came`);
    const idle: number[] = [];
    for (let time = 0; time < repeats; time++) idle.push((await sync()).ms);
    const median = idle.sort((one, other) => one - other)[Math.floor(repeats / 2)] ?? 0;
    const rate = Math.round((messages / first.ms) * 1_000);
    return `${kind.padEnd(20)}${rate} messages/s (${(first.ms / 1_000).toFixed(1)} s); nothing new: ${Math.round(median)} ms`;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main(Number(process.argv[2] ?? 5_000));
