import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Generation } from './generation.js';

/** What stands beside a graph file and says what it is. */
export interface GraphNote {
  readonly model: string;
  readonly dimensions: number;
  /** Passages up to this key are in the graph. */
  readonly covered: number;
  /** Points in the graph, deleted ones included, and how many of them are deleted. */
  readonly points: number;
  readonly deleted: number;
  /** The graph file's length and digest: how a cut or damaged one is known. */
  readonly bytes: number;
  readonly sha1: string;
}

export interface Graph {
  readonly note: GraphNote;
  readonly index: HierarchicalNSW;
}

/** Inner product is the cosine, since vectors are normalised. */
export const SPACE = 'ip';

/** The note of a graph that fits; null where there is none, or of another model, or the file is not as long. Cheap: does not read the graph. */
export function readGraphNote(generation: Generation, model: string, dimensions: number): GraphNote | null {
  try {
    const note = JSON.parse(readFileSync(generation.graphNote, 'utf8')) as GraphNote;
    const fits = note.model === model && note.dimensions === dimensions;
    return fits && statSync(generation.graph).size === note.bytes ? note : null;
  } catch {
    return null;
  }
}

/** Loads a graph; null where it is missing, cut, damaged or of another model: it is a cache, and scanning finds the same. */
export function loadGraph(generation: Generation, model: string, dimensions: number): Graph | null {
  const note = readGraphNote(generation, model, dimensions);
  if (note === null) return null;
  try {
    // hnswlib trusts its file: a flipped bit in a link would be read as an address.
    if (sha1Of(generation.graph) !== note.sha1) return null;
    const index = new hnswlib.HierarchicalNSW(SPACE, dimensions);
    index.readIndexSync(generation.graph);
    return { note, index };
  } catch {
    return null;
  }
}

export function sha1Of(file: string): string {
  return createHash('sha1').update(readFileSync(file)).digest('hex');
}
