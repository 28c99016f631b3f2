import { renameSync, statSync, writeFileSync } from 'node:fs';
import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';
import type Database from 'better-sqlite3';
import { openDatabase } from './database.js';
import type { Generation } from './generation.js';
import { loadGraph, sha1Of, SPACE, type Graph, type GraphNote } from './graph-file.js';
import { decodeVector } from './vector-code.js';

export interface GraphTask {
  readonly generation: Generation;
  readonly model: string;
  readonly dimensions: number;
}

/** Links per point and the width of the search for them. */
const LINKS = 12;
const CONSTRUCTION = 60;
/** A graph with more dead points than this is made anew. */
const MOST_DELETED = 0.2;
const STEP = 1000;

/**
 * Brings the graph file up to the stored vectors: adds new ones and marks those that are gone, or builds it anew. Blocks; meant for a worker thread. The file
 * appears at once (written beside, renamed), and who meets the new graph with the old note, or the reverse, sees that they do not fit.
 */
export function buildGraph(task: GraphTask, onProgress: (done: number, total: number) => void): GraphNote {
  const db = openDatabase(task.generation.store, 'read');
  try {
    const old = loadGraph(task.generation, task.model, task.dimensions);
    const dead = old === null ? [] : deadKeys(db, old);
    const grows = old !== null && dead.length <= old.note.points * MOST_DELETED;
    const start = grows ? old.index : new hnswlib.HierarchicalNSW(SPACE, task.dimensions);
    const points = addVectors(db, start, grows ? old.note : null, onProgress);
    if (grows) for (const key of dead) markDeleted(start, key);
    const deleted = grows ? dead.length : 0;
    return save(task, start, { ...points, deleted });
  } finally {
    db.close();
  }
}

function deadKeys(db: Database.Database, { index }: Graph): number[] {
  const alive = new Set(db.prepare<[], number>('SELECT key FROM vector').pluck().all());
  return index.getIdsList().filter((key) => !alive.has(key));
}

function markDeleted(index: HierarchicalNSW, key: number): void {
  try {
    index.markDelete(key);
  } catch {
    // Marked by an earlier run.
  }
}

function addVectors(
  db: Database.Database,
  index: HierarchicalNSW,
  old: GraphNote | null,
  onProgress: (done: number, total: number) => void,
): { covered: number; points: number } {
  let covered = old?.covered ?? 0;
  const total = db.prepare<[number], number>('SELECT count(*) FROM vector WHERE key > ?').pluck().get(covered) ?? 0;
  const points = (old?.points ?? 0) + total;
  if (old === null)
    index.initIndex({ maxElements: Math.max(1, points), m: LINKS, efConstruction: CONSTRUCTION, randomSeed: 1 });
  else if (total > 0) index.resizeIndex(points);
  const page = db.prepare<[number, number], { key: number; code: Buffer }>(
    'SELECT key, code FROM vector WHERE key > ? ORDER BY key LIMIT ?',
  );
  let done = 0;
  for (let rows = page.all(covered, STEP); rows.length > 0; rows = page.all(covered, STEP)) {
    // Another commit may have added some since they were counted; they are left for the next time.
    for (const { key, code } of rows.slice(0, total - done)) {
      index.addPoint(Array.from(decodeVector(code)), key);
      covered = key;
      done += 1;
    }
    onProgress(done, total);
    if (done >= total) break;
  }
  return { covered, points };
}

function save(
  task: GraphTask,
  index: HierarchicalNSW,
  counts: Pick<GraphNote, 'covered' | 'points' | 'deleted'>,
): GraphNote {
  const { generation, model, dimensions } = task;
  const draft = `${generation.graph}.new`;
  index.writeIndexSync(draft);
  const note: GraphNote = { model, dimensions, ...counts, bytes: statSync(draft).size, sha1: sha1Of(draft) };
  writeFileSync(`${generation.graphNote}.new`, JSON.stringify(note));
  renameSync(draft, generation.graph);
  renameSync(`${generation.graphNote}.new`, generation.graphNote);
  return note;
}
