import { stemmed } from '../index/stem.js';

/** A word of a text as it is compared: lower-cased and stemmed, identifiers whole and in parts. */
export type Term = string;

/** Words that say how something is asked or said, not what about. */
const functionWords = new Set(
  `a about above according after again all also am an and any anybody anyone are aren't as asked at author be because been before being
  between both but by can can't could couldn't did didn't do does doesn't doing don't down during each ever every few for from further
  get got had has hasn't have haven't having he her here hers him himself his how i i'm i've if in into is isn't it it's its itself
  just let like me more most my myself no nor not now of off on once one only or other our ours out over own people please s same say
  said says she should shouldn't so some somebody someone still such t tell than that that's the their theirs them themselves then there
  these they they're thing things think thinks this those though thought through to too under until up us use used uses using very was
  wasn't we were weren't what what's when where whether which while who who's whom whose why will with won't would wouldn't wrote yet
  you you're your yours yourself`.split(/\s+/),
);

/** Words that ask for, and words that give, the same: by their stems. */
const sameMeaning = new Map(
  Object.entries({ raison: 'reason', purpos: 'reason', rational: 'reason', motiv: 'reason', justif: 'reason' }),
);

/** The form in which words are compared: Porter's stem (1980). */
function stemOf(word: string): Term {
  const stem = stemmed(word);
  return sameMeaning.get(stem) ?? stem;
}

/** Words, with the inner punctuation that identifiers, paths, versions and option names have. */
const wordPattern = /[\p{L}\p{N}_](?:[\p{L}\p{N}_]|[-./:+'’@](?=[\p{L}\p{N}_]))*/gu;

/** No word of a language is longer; what is longer is base64 or noise. */
const longestWord = 80;

/**
 * The terms of a text in order, with repetitions: `devm_memremap_pages()` gives the identifier itself and its parts, so that a
 * question may name it either way. Function words are left out.
 */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const [word] of text.matchAll(wordPattern)) {
    if (word.length > longestWord) continue;
    const lower = word.toLowerCase().replaceAll('’', "'");
    if (functionWords.has(lower)) continue;
    for (const part of partsOf(word, lower)) terms.push(part);
  }
  return terms;
}

/** How a word is written matters in identifiers alone; the rest is compared by stem. */
function partsOf(word: string, lower: string): string[] {
  const base = lower.replace(/'(s|d|ll|re|ve|m)$/, '');
  if (!isIdentifier(word)) return functionWords.has(base) ? [] : [stemOf(base)];
  const pieces = word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece.length > 1 && !functionWords.has(piece));
  return pieces.length > 1 ? [base, ...pieces.map((piece) => stemOf(piece))] : [stemOf(base)];
}

/** Whether a word is a name in a program (`EXPORT_SYMBOL_GPL`, `mm/hmm.c`, `v4.18`, `MemFree`), to be matched exactly. */
export function isIdentifier(word: string): boolean {
  return /[_./:@\d]|\p{Ll}\p{Lu}|.-./u.test(word);
}

/** Weight of each term by how few of `documents` hold it (the smoothed idf of BM25); unknown terms weigh most. */
export function rarity(documents: readonly (readonly Term[])[]): (term: Term) => number {
  const holding = new Map<Term, number>();
  for (const document of documents) {
    for (const term of new Set(document)) holding.set(term, (holding.get(term) ?? 0) + 1);
  }
  const count = documents.length;
  return (term) => {
    const found = holding.get(term) ?? 0;
    return Math.log(1 + (count - found + 0.5) / (found + 0.5));
  };
}
