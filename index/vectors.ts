import type Database from 'better-sqlite3';
import type { Generation } from './generation.js';
import { loadGraph, readGraphNote, type Graph } from './graph-file.js';
import { cosine } from './vector-code.js';

export interface VectorHit {
  readonly key: number;
  readonly similarity: number;
}

/** Nearest passages by vector. Keys of passages that are gone may be among them; who loads them finds nothing. */
export interface Vectors {
  nearest(query: Float32Array, count: number, allowed: ReadonlySet<number> | null): VectorHit[];
  /** The cosine of single passages, for those that only the words found. */
  similarity(query: Float32Array, key: number): number | null;
  graphed(): number;
  /** Looks again at files and rows: something was committed. */
  refresh(): void;
}

/** Up to so many allowed passages are compared one by one: exact, and quicker than asking the graph to pass over the rest. */
const EXACT = 5000;
/** How widely the graph is searched. */
const BREADTH = 150;

export function openVectors(db: Database.Database, generation: Generation, model: string, dimensions: number): Vectors {
  const one = db.prepare<[number], Buffer>('SELECT code FROM vector WHERE key = ?').pluck();
  const after = db.prepare<[number, number], { key: number; code: Buffer }>(
    'SELECT key, code FROM vector WHERE key > ? ORDER BY key LIMIT ?',
  );
  let graph: Graph | null | undefined;
  const tail: { key: number; code: Uint8Array }[] = [];
  let tailRead = false;

  function loaded(): Graph | null {
    if (graph === undefined) {
      graph = loadGraph(generation, model, dimensions);
      graph?.index.setEf(BREADTH);
    }
    return graph;
  }

  /** Vectors that the graph does not cover, kept in memory. */
  function outside(): readonly { key: number; code: Uint8Array }[] {
    const covered = loaded()?.note.covered ?? 0;
    if (tailRead) return tail;
    for (let from = tail.at(-1)?.key ?? covered; ; from = tail.at(-1)?.key ?? covered) {
      const rows = after.all(from, 10_000);
      tail.push(...rows);
      if (rows.length === 0) break;
    }
    tailRead = true;
    return tail;
  }

  function fromGraph(query: Float32Array, count: number, allowed: ReadonlySet<number> | null): VectorHit[] {
    const found = loaded();
    if (found === null || found.note.points === 0) return [];
    // hnswlib throws when it is asked for more points than its capacity.
    const most = Math.min(count + Math.min(found.note.deleted, count), found.note.points);
    const filter = allowed === null ? undefined : (key: number) => allowed.has(key);
    const { neighbors, distances } = found.index.searchKnn(Array.from(query), most, filter);
    return neighbors.map((key, at) => ({ key, similarity: 1 - (distances[at] ?? 1) }));
  }

  return {
    nearest(query, count, allowed) {
      const hits =
        allowed !== null && allowed.size <= EXACT
          ? [...allowed].map((key) => ({ key, similarity: scored(query, one.get(key)) }))
          : [
              ...fromGraph(query, count, allowed),
              ...outside()
                .filter(({ key }) => allowed === null || allowed.has(key))
                .map(({ key, code }) => ({ key, similarity: cosine(query, code) })),
            ];
      return hits.sort((a, b) => b.similarity - a.similarity || a.key - b.key).slice(0, count);
    },
    similarity(query, key) {
      const code = one.get(key);
      return code === undefined ? null : cosine(query, code);
    },
    graphed() {
      const note = readGraphNote(generation, model, dimensions);
      return note === null ? 0 : note.points - note.deleted;
    },
    refresh() {
      const note = readGraphNote(generation, model, dimensions);
      if (note?.sha1 !== graph?.note.sha1) {
        graph = undefined;
        tail.length = 0;
      }
      tailRead = false;
    },
  };
}

function scored(query: Float32Array, code: Buffer | undefined): number {
  return code === undefined ? -1 : cosine(query, code);
}
