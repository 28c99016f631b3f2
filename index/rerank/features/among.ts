import type { Material } from '../material.js';
import type { Features } from '../linear.js';

/** How a candidate compares with the other candidates, above all those of its own thread. */
export function openAmong(materials: readonly Material[]): (material: Material) => Features {
  const best = Math.max(1e-9, ...materials.map(({ candidate }) => candidate.score));
  const threads = new Map<number, number[]>();
  const byMessage = new Map<number, number>();
  for (const { root, message, candidate } of materials) {
    threads.set(root, [...(threads.get(root) ?? []), candidate.score]);
    byMessage.set(message, Math.max(byMessage.get(message) ?? 0, candidate.score));
  }
  return ({ candidate, root, message, thread }) => {
    const same = threads.get(root) ?? [];
    const children = thread.filter(({ parent }) => parent === message).map(({ id }) => byMessage.get(id) ?? 0);
    return {
      threadBest: Math.max(...same) / best,
      threadSum: same.reduce((sum, score) => sum + score, 0) / best,
      placeInThread: same.filter((score) => score > candidate.score).length,
      childFound: Math.max(0, ...children) / best,
    };
  };
}
