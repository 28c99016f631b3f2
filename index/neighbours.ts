import type Database from 'better-sqlite3';

/** Where a passage stands: the number of its thread's root, its message's place in reading order. */
interface Standing {
  readonly key: number;
  readonly position: number;
}

/** A candidate as far as its thread goes. */
export interface Scored {
  readonly key: number;
  readonly score: number;
}

/** Threads that are looked into, the strongest first, and passages of each, those closest to what was found. */
const THREADS = 15;
const PASSAGES = 14;

/**
 * Passages beside those that were found: the right thread is found more often than the right message of it, since an answer need not
 * repeat the words of its question.
 */
export function openNeighbours(db: Database.Database): (found: readonly Scored[]) => number[] {
  const placeOf = db.prepare<[number], { root: number; position: number }>(
    'SELECT root, position FROM passage JOIN member ON member.id = passage.message WHERE key = ?',
  );
  const standing = db.prepare<[number], Standing>(
    'SELECT key, position FROM member JOIN passage ON passage.message = member.id WHERE root = ? ORDER BY position, key',
  );
  return (found) => {
    const threads = new Map<number, { strength: number; readonly places: number[] }>();
    for (const { key, score } of found) {
      const place = placeOf.get(key);
      if (place === undefined) continue;
      const thread = threads.get(place.root) ?? { strength: 0, places: [] };
      thread.strength += score;
      thread.places.push(place.position);
      threads.set(place.root, thread);
    }
    const known = new Set(found.map(({ key }) => key));
    const strongest = [...threads].sort(([a, x], [b, y]) => y.strength - x.strength || a - b).slice(0, THREADS);
    return strongest.flatMap(([root, { places }]) => {
      const beside = standing.all(root).filter(({ key }) => !known.has(key));
      return beside
        .map(({ key, position }) => ({ key, distance: Math.min(...places.map((place) => Math.abs(place - position))) }))
        .sort((a, b) => a.distance - b.distance || a.key - b.key)
        .slice(0, PASSAGES)
        .map(({ key }) => key);
    });
  };
}
