import type { Hit, Library } from '../index/library.js';
import type { Query } from './question/query.js';

/** So many hits are looked at for the quotes of one answer. */
export const mostHits = 30;

/** The hits, and where the question asks for somebody's words, those found among that person's too. */
export async function hitsFor(library: Library, { text, filter, authorHint }: Query): Promise<Hit[]> {
  const hits = await library.search({ question: text, filter, limit: mostHits });
  if (authorHint === null) return hits;
  const theirs = await library.search({
    question: text,
    filter: { ...filter, author: authorHint },
    limit: mostHits / 3,
  });
  return merged(theirs, hits);
}

/** Two rankings in turns, each hit once. */
export function merged(first: readonly Hit[], second: readonly Hit[]): Hit[] {
  const hits = new Map<number, Hit>();
  for (let place = 0; place < Math.max(first.length, second.length); place += 1) {
    for (const hit of [first[place], second[place]])
      if (hit !== undefined && !hits.has(hit.passage.key)) hits.set(hit.passage.key, hit);
  }
  return [...hits.values()];
}
