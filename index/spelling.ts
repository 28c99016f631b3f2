import type Database from 'better-sqlite3';
import { distance } from 'fastest-levenshtein';
import { queryTerms } from './query-terms.js';
import { openTermHolders } from './term-weights.js';
import { stemmed } from './stem.js';

/** Shorter words have too many neighbours to tell which one was meant. */
const SHORTEST = 5;
/** From this length on, two slips are forgiven. */
const LONG = 8;
/** A word that so few passages hold may be somebody's slip itself. */
const HELD_BY = 3;

/**
 * Adds to a question what its misspelt words were meant to be: for each word that no passage holds, the nearest one of the archive's own that
 * begins with the same letter. What was asked stays; words with digits are names, and stay alone.
 */
export function openSpelling(db: Database.Database): (question: string) => string {
  const heldBy = openTermHolders(db);
  const beginning = db.prepare<[string, string, number, number], { term: string; doc: number }>(
    `SELECT term, doc FROM temp.passage_vocabulary
     WHERE term >= ? AND term < ? AND col = 'own' AND length(term) BETWEEN ? AND ?`,
  );

  function meant(word: string): string | null {
    const stem = stemmed(word);
    if (stem.length < SHORTEST || !/^[a-z]+$/.test(stem) || heldBy(stem) > 0) return null;
    const first = stem.charAt(0);
    const after = String.fromCharCode(first.charCodeAt(0) + 1);
    const near = beginning
      .all(first, after, stem.length - 1, stem.length + 1)
      .map(({ term, doc }) => ({ term, doc, slips: slips(stem, term) }))
      .filter(({ doc, slips }) => doc >= HELD_BY && slips <= (stem.length < LONG ? 1 : 2));
    near.sort((a, b) => a.slips - b.slips || b.doc - a.doc || (a.term < b.term ? -1 : 1));
    return near[0]?.term ?? null;
  }

  return (question) => {
    const words = queryTerms(question).map((term) => term.slice(1, -1));
    const corrections = words.flatMap((word) => (word.includes(' ') ? [] : (meant(word) ?? [])));
    return corrections.length === 0 ? question : `${question} ${corrections.join(' ')}`;
  };
}

/** Letters that are wrong, missing or too many; two letters the wrong way round are one slip. */
function slips(word: string, other: string): number {
  const edits = distance(word, other);
  return edits === 2 && sorted(word) === sorted(other) ? 1 : edits;
}

const sorted = (word: string): string => [...word].sort().join('');
