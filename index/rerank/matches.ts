import { stemmed } from '../stem.js';
import type { PassageFields } from '../passage.js';
import type { RankedQuestion } from './question.js';

/** Where a question's terms occur in a text. */
export interface Matches {
  /** Indexes into `RankedQuestion.terms`, in the text's order. */
  readonly terms: readonly number[];
  /** UTF-16 offset of each. */
  readonly offsets: readonly number[];
  /** The same terms as a set: bit n stands for term n. A question has at most 24. */
  readonly held: number;
}

const NONE: Matches = { terms: [], offsets: [], held: 0 };

/** Finds a question's terms in a text. */
export type Finder = (text: string) => Matches;

/**
 * Finds a question's terms in texts without splitting the texts into words: some two hundred candidates are read for each question.
 * Candidates of a thread share their subject and opening, so what was found in a text is remembered.
 */
export function openFinder(question: RankedQuestion): Finder {
  const places = new Map(question.terms.map(({ stem }, index) => [stem, index]));
  // A stem and its words share their beginning but for a final y, e or i that Porter's algorithm changes.
  const heads = [...new Set(question.terms.map(({ stem }) => (stem.length > 3 ? stem.slice(0, -1) : stem)))];
  if (heads.length === 0) return () => NONE;
  const pattern = new RegExp(`(?<![a-z0-9])(?:${heads.map(escaped).join('|')})[\\p{L}\\p{M}\\p{N}]*`, 'gu');
  const found = new Map<string, Matches>();
  return (text) => {
    const known = found.get(text) ?? matchesIn(text.toLowerCase(), pattern, places);
    found.set(text, known);
    return known;
  };
}

function matchesIn(text: string, pattern: RegExp, places: ReadonlyMap<string, number>): Matches {
  const terms: number[] = [];
  const offsets: number[] = [];
  let held = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const term = places.get(stemmed(match[0]));
    if (term === undefined) continue;
    terms.push(term);
    offsets.push(match.index);
    held |= 1 << term;
  }
  return { terms, offsets, held };
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Terms that a passage holds: in its own words, and in all around them. See `Matches.held`. */
export function heldBy(
  find: Finder,
  { own, subject, quoted, parent, opening }: PassageFields,
): { readonly own: number; readonly all: number } {
  const held = find(own).held;
  return { own: held, all: [subject, quoted, parent, opening].reduce((all, text) => all | find(text).held, held) };
}

/** Share, 0 to 1, of the question's weight that a set of terms (see `Matches.held`) holds. */
export function covered(question: RankedQuestion, held: number): number {
  let sum = 0;
  for (let term = 0; term < question.terms.length; term++) {
    if (held & (1 << term)) sum += question.terms[term]?.weight ?? 0;
  }
  return sum / question.totalWeight;
}

/** The greatest share of the question's weight within `width` code units. */
export function coveredWithin(question: RankedQuestion, { terms, offsets }: Matches, width: number): number {
  const counts = new Map<number, number>();
  let [from, sum, best] = [0, 0, 0];
  for (let to = 0; to < terms.length; to++) {
    const entering = terms[to] ?? 0;
    if ((counts.get(entering) ?? 0) === 0) sum += question.terms[entering]?.weight ?? 0;
    counts.set(entering, (counts.get(entering) ?? 0) + 1);
    while ((offsets[to] ?? 0) - (offsets[from] ?? 0) > width) {
      const leaving = terms[from++] ?? 0;
      counts.set(leaving, (counts.get(leaving) ?? 1) - 1);
      if (counts.get(leaving) === 0) sum -= question.terms[leaving]?.weight ?? 0;
    }
    if (sum > best) best = sum;
  }
  return best / question.totalWeight;
}

/** Share, 0 to 1, of the question's neighbouring terms that are neighbours (within 24 code units) in the text too. */
export function pairsKept(question: RankedQuestion, { terms, offsets }: Matches): number {
  const pairs = question.terms.length - 1;
  if (pairs < 1) return 0;
  const kept = new Set<number>();
  for (let at = 1; at < terms.length; at++) {
    const [before, after] = [terms[at - 1] ?? 0, terms[at] ?? 0];
    if (after === before + 1 && (offsets[at] ?? 0) - (offsets[at - 1] ?? 0) <= 24) kept.add(before);
  }
  return kept.size / pairs;
}

/** Share, 0 to 1, of the question's identifiers and quoted phrases that stand in any of the texts, whatever parts their words. */
export function phrasesHeld(question: RankedQuestion, texts: readonly string[]): number {
  if (question.phrases.length === 0) return 0;
  const lower = texts.map((text) => text.toLowerCase());
  const held = question.phrases.filter((phrase) => lower.some((text) => phrase.test(text)));
  return held.length / question.phrases.length;
}
