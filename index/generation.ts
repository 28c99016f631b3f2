import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { NoIndexError } from './errors.js';

/** One complete index on disk. */
export interface Generation {
  readonly name: string;
  readonly folder: string;
  /** The SQLite file: the truth. */
  readonly store: string;
  /** The HNSW graph, a cache, with `graphNote` beside it saying what it covers. */
  readonly graph: string;
  readonly graphNote: string;
}

export function generationAt(dataDir: string, name: string): Generation {
  const folder = join(dataDir, 'generations', name);
  return {
    name,
    folder,
    store: join(folder, 'library.sqlite'),
    graph: join(folder, 'vectors.hnsw'),
    graphNote: join(folder, 'vectors.json'),
  };
}

/** The generation that readers use; null where there is none yet. */
export function currentGeneration(dataDir: string): Generation | null {
  try {
    const name = readFileSync(join(dataDir, 'CURRENT'), 'utf8').trim();
    return /^\d+$/.test(name) ? generationAt(dataDir, name) : null;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}

/** As `currentGeneration`, for those who cannot do without. */
export function requireGeneration(dataDir: string): Generation {
  const generation = currentGeneration(dataDir);
  if (generation === null) throw new NoIndexError(dataDir);
  return generation;
}

/** Makes the folder of a generation that nobody reads yet. Only for the holder of the lock. */
export function newGeneration(dataDir: string): Generation {
  const names = generationNames(dataDir).map(Number);
  const generation = generationAt(dataDir, String(Math.max(0, ...names) + 1));
  mkdirSync(generation.folder, { recursive: true });
  return generation;
}

/** Makes a generation the one that readers open, at once and for good, even if the power fails. */
export function publish(dataDir: string, generation: Generation): void {
  const draft = join(dataDir, 'CURRENT.new');
  const file = openSync(draft, 'w');
  try {
    writeSync(file, `${generation.name}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, join(dataDir, 'CURRENT'));
}

/** Removes what killed or finished rebuilds left over: every generation but the current one. Only for the holder of the lock. */
export function sweep(dataDir: string): void {
  const current = currentGeneration(dataDir)?.name;
  for (const name of generationNames(dataDir)) {
    if (name === current) continue;
    try {
      rmSync(generationAt(dataDir, name).folder, { recursive: true, force: true });
    } catch {
      // A reader may still hold its files open where the system forbids removing such (Windows); the next writer tries again.
    }
  }
}

function generationNames(dataDir: string): string[] {
  try {
    return readdirSync(join(dataDir, 'generations')).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
