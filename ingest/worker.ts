import { parentPort, workerData } from 'node:worker_threads';
import type { EmbedderConfig } from '../index/embedder.js';
import type { Reply } from './pool.js';
import type { Job, Results } from './stages.js';
import { Steps } from './steps.js';

/** The program of a worker thread: answers each job of a `Pool`. */
const steps = new Steps(workerData as EmbedderConfig);

parentPort?.on('message', ({ job, work }: { job: number; work: Job }) => {
  void answer(job, work).then((reply) => {
    parentPort?.postMessage(reply);
  });
});

async function answer(job: number, work: Job): Promise<Reply<Results[Job['kind']]>> {
  try {
    return { job, kind: 'done', result: await steps.run(work) };
  } catch (error) {
    return { job, kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
