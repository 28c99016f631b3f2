import type { Material } from '../material.js';
import type { Features } from '../linear.js';

/** How a candidate compares with the other candidates, above all those of its own thread. */
export function openAmong(materials: readonly Material[]): (material: Material) => Features {
  const top = (value: (material: Material) => number): number => Math.max(1e-9, ...materials.map(value));
  const best = {
    lexical: top(({ candidate }) => candidate.lexical?.score ?? 0),
    own: top(({ candidate }) => candidate.fields.own),
    subject: top(({ candidate }) => candidate.fields.subject),
    fused: top(({ candidate }) => candidate.score),
    similarity: top(({ candidate }) => candidate.similarity),
  };
  const threads = new Map<number, Material[]>();
  for (const material of materials) threads.set(material.root, [...(threads.get(material.root) ?? []), material]);
  const byMessage = new Map<number, number>();
  for (const { message, candidate } of materials) {
    byMessage.set(message, Math.max(byMessage.get(message) ?? 0, candidate.score));
  }
  return (material) => {
    const { candidate, root, message, thread } = material;
    const same = threads.get(root) ?? [];
    const parent = thread.find(({ id }) => id === message)?.parent ?? null;
    const children = thread.filter((place) => place.parent === message).map(({ id }) => byMessage.get(id) ?? 0);
    return {
      lexicalShare: (candidate.lexical?.score ?? 0) / best.lexical,
      ownShare: candidate.fields.own / best.own,
      subjectShare: candidate.fields.subject / best.subject,
      similarityGap: best.similarity - candidate.similarity,
      threadBest: Math.max(...same.map((other) => other.candidate.score)) / best.fused,
      threadSum: same.reduce((sum, other) => sum + other.candidate.score, 0) / best.fused,
      threadFound: same.length,
      placeInThread: same.filter((other) => other.candidate.score > candidate.score).length,
      ownPlaceInThread: same.filter((other) => other.candidate.fields.own > candidate.fields.own).length,
      similarPlaceInThread: same.filter((other) => other.candidate.similarity > candidate.similarity).length,
      parentFound: parent === null ? 0 : (byMessage.get(parent) ?? 0) / best.fused,
      childFound: Math.max(0, ...children) / best.fused,
    };
  };
}
