import { watchLibrary } from '../../index/watch.js';
import { answerJob } from './jobs.js';
import type { Opened, Reply, Request } from './process.js';

/** The program of the process that holds the index open: SQLite and the model block whoever calls them, and Discord's heartbeats must not wait. */
const { dataDir, models } = JSON.parse(process.argv[2] ?? '{}') as Opened;
const library = watchLibrary(dataDir, models);
let last: Promise<void> = Promise.resolve();

// The bot says when to end, so that questions under way are finished first: it disconnects, or is gone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => {
  void last.then(() => {
    library.close();
    process.exit(0);
  });
});
process.on('message', ({ number, job }: Request) => {
  last = last.then(async () => {
    const answer = await reply(number, job);
    if (process.connected) process.send?.(answer);
  });
});

async function reply(number: number, job: Request['job']): Promise<Reply> {
  try {
    return { number, kind: 'done', result: await answerJob(await library.current(), job) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { number, kind: 'failed', name, message };
  }
}
