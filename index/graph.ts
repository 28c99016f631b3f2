import { Worker } from 'node:worker_threads';
import type { GraphTask } from './graph-build.js';
import { readGraphNote } from './graph-file.js';
import { packagePath } from './package-path.js';

/** Scanning this many passages beside the graph costs a few milliseconds. */
const SCANNED = 2000;
const SCANNED_SHARE = 0.05;

/** Whether enough stands outside the graph that bringing it up pays. */
export function graphIsStale(
  task: GraphTask,
  stored: { readonly passages: number; readonly after: (key: number) => number },
): boolean {
  if (stored.passages === 0) return false;
  const note = readGraphNote(task.generation, task.model, task.dimensions);
  if (note === null) return true;
  const outside = stored.after(note.covered);
  const gone = note.points - (stored.passages - outside);
  const most = Math.max(SCANNED, stored.passages * SCANNED_SHARE);
  return outside > most || gone - note.deleted > most;
}

/** Builds in a worker thread. The compiled worker is used even where this file runs from its source. */
export function buildGraphInWorker(task: GraphTask, onProgress?: (done: number, total: number) => void): Promise<void> {
  const file = import.meta.url.endsWith('.ts')
    ? packagePath('dist/index/graph-worker.js')
    : new URL('./graph-worker.js', import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task });
    worker.on('message', ({ done, total }: { done: number; total: number }) => onProgress?.(done, total));
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`building the vector graph ended with ${code}: run \`threadlore reindex\``));
    });
  });
}
