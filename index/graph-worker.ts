import { parentPort, workerData } from 'node:worker_threads';
import { buildGraph, type GraphTask } from './graph-build.js';

/** Runs in a worker thread: builds the graph and tells how far it is. */
buildGraph(workerData as GraphTask, (done, total) => parentPort?.postMessage({ done, total }));
