import { termsOf, type Term } from '../terms.js';

/** Two texts share more than this part of the shorter one's words: one of them says enough. */
const sharedPart = 0.75;
/** Versions of one patch tell the same story, reworded here and there: 3 in 10 was found shared by stories told twice, a fourth at most by two parts of one. */
const sharedByVersions = 0.3;

/**
 * Keeps the first of texts that say the same in the same words (a message sent twice, words recovered from two replies), in order.
 * Words are compared in pairs, so that two different sentences on one subject both stay. `areVersions` says
 * of two items that they are versions of one patch, of which less in common is enough.
 */
export function withoutNearDuplicates<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  areVersions: (one: T, other: T) => boolean = () => false,
): T[] {
  const kept: { readonly item: T; readonly pairs: ReadonlySet<string> }[] = [];
  for (const item of items) {
    const pairs = pairsOf(termsOf(textOf(item)));
    const said = kept.some((other) => {
      const shared = overlap(pairs, other.pairs);
      return shared > sharedPart || (shared > sharedByVersions && areVersions(item, other.item));
    });
    if (!said) kept.push({ item, pairs });
  }
  return kept.map(({ item }) => item);
}

function pairsOf(terms: readonly Term[]): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < terms.length; at += 1) pairs.add(`${terms[at] ?? ''} ${terms[at + 1] ?? ''}`);
  return pairs;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const pair of small) if (large.has(pair)) shared += 1;
  return shared / small.size;
}
