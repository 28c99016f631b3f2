import { functionWords } from '../index/function-words.js';
import { stemmed } from '../index/stem.js';

/** A word of a text as it is compared: lower-cased and stemmed, identifiers whole and in parts. */
export type Term = string;

/** Contractions are whole words here. */
const contractions = `aren't can't couldn't didn't doesn't don't hasn't haven't i'm i've isn't it's shouldn't that's they're wasn't weren't what's
  who's won't wouldn't you're`;

/** Words that a search finds mail by, but that say little about whether a sentence answers. */
const weakWords = `above according again anybody anyone asked author both down during each ever every few further himself itself let like myself
  now ours people please same somebody someone still tell theirs themselves thing things though use used uses using whether wrote
  yet yours yourself`;

const emptyWords = new Set([...functionWords, ...`${contractions} ${weakWords}`.split(/\s+/)]);

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
    if (emptyWords.has(lower)) continue;
    for (const part of partsOf(word, lower)) terms.push(part);
  }
  return terms;
}

/** How a word is written matters in identifiers alone; the rest is compared by stem. */
function partsOf(word: string, lower: string): string[] {
  const base = lower.replace(/'(s|d|ll|re|ve|m)$/, '');
  if (!isIdentifier(word)) return emptyWords.has(base) ? [] : [stemOf(base)];
  const pieces = word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece.length > 1 && !emptyWords.has(piece));
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
