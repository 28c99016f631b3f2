import type { Kinship } from '../status/superseded.js';
import { termsOf, type Term } from '../terms.js';

/**
 * Two texts share more than this part of the shorter one's words: one of them says enough. Versions of one patch tell the same story, reworded
 * here and there: 3 in 10 was found shared by stories told twice, a fourth at most by two parts of one. Other patches of one author tell it
 * again where they share more than half.
 */
const sharedPart: Readonly<Record<Kinship, number>> = { versions: 0.3, patches: 0.55, none: 0.75 };

/**
 * Keeps the first of texts that say the same in the same words (a message sent twice, words recovered from two replies), in order.
 * Words are compared in pairs, so that two different sentences on one subject both stay. `kinship` says what the messages of two items are to
 * each other.
 */
export function withoutNearDuplicates<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  kinship: (one: T, other: T) => Kinship = () => 'none',
): T[] {
  const kept: { readonly item: T; readonly pairs: ReadonlySet<string> }[] = [];
  for (const item of items) {
    const pairs = pairsOf(termsOf(textOf(item)));
    const said = kept.some((other) => {
      const shared = overlap(pairs, other.pairs);
      return shared > sharedPart.versions && shared > sharedPart[kinship(item, other.item)];
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
