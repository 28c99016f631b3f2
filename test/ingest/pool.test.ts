import { describe, expect, it } from 'vitest';
import { Pool, WorkerCrash } from '../../ingest/pool.js';

/** A worker that doubles numbers, throws at 13 and ends its thread at 99. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ job, work }) => {
      if (work === 99) process.exit(3);
      if (work === 13) parentPort.postMessage({ job, kind: 'failed', error: new Error('unlucky') });
      else parentPort.postMessage({ job, kind: 'done', result: work * 2 });
    });
  `)}`,
);

describe('a pool of worker threads', () => {
  it('answers each job with its own result', async () => {
    const pool = new Pool<number, number>(program, 2, null);
    const jobs = Array.from({ length: 50 }, (_, at) => at + 100);
    expect(await Promise.all(jobs.map((job) => pool.run(job)))).toEqual(jobs.map((job) => job * 2));
  });

  it('rejects a job that fails, and goes on with the others', async () => {
    const pool = new Pool<number, number>(program, 1, null);
    const [bad, good] = await Promise.allSettled([pool.run(13), pool.run(4)]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'unlucky' } });
    expect(good).toMatchObject({ status: 'fulfilled', value: 8 });
  });

  it('rejects everything with a clear error when a thread dies, and hangs nowhere', async () => {
    const pool = new Pool<number, number>(program, 1, null);
    const jobs = [pool.run(99), pool.run(1), pool.run(2), pool.run(3)];
    for (const job of await Promise.allSettled(jobs)) expect(job).toMatchObject({ reason: expect.any(WorkerCrash) });
    expect(pool.isBroken).toBe(true);
    await expect(pool.run(1)).rejects.toThrow(/run the same ingest again/);
  });

  it('takes back jobs that no thread has begun', async () => {
    const pool = new Pool<number, number>(program, 1, null);
    const jobs = [1, 2, 3, 4, 5].map((job) => pool.run(job));
    pool.cancel(new Error('stopped'));
    const ends = await Promise.allSettled(jobs);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
  });
});
