import type Database from 'better-sqlite3';
import { queryTerms } from './query-terms.js';

export interface LexicalHit {
  readonly key: number;
  /** BM25 over all fields, weighted. Higher is better. */
  readonly score: number;
}

export interface Lexical {
  /** The passages that share words with the question, best first. Only keys of `allowed`, where given. */
  nearest(question: string, count: number, allowed: ReadonlySet<number> | null): LexicalHit[];
}

/**
 * Weights of own, subject, quoted, parent, opening: context says what a reply is about, the reply says what is said. On the training sets, 0.5
 * for what a reply answers brought more answers among the first hundred than 0.3, and 0.8 still more, but fewer to the first place.
 */
const WEIGHTS = [1, 1, 0.5, 0.5, 0.3];
const FIELDS = ['own', 'subject', 'quoted', 'parent', 'opening'] as const;
type Field = (typeof FIELDS)[number];

/** Scoring costs about 0.8 µs a row: up to so many rows, every passage with any of the words is scored. */
const SCORED = 20_000;
/** A word that stands in more passages than this is common; how many more does not matter. */
const COUNTED = 60_000;

/** Opens the search by words over `fields` (all of them where not given). */
export function openLexical(db: Database.Database, searched: readonly Field[] = FIELDS): Lexical {
  const weights = FIELDS.map((field, at) => (searched.includes(field) ? (WEIGHTS[at] ?? 0) : 0));
  const within = searched.length === FIELDS.length ? '' : `{${searched.join(' ')}} : `;
  let wanted: ReadonlySet<number> = new Set();
  db.function('wanted', (key) => (wanted.has(key as number) ? 1 : 0));
  const scored = (condition: string) =>
    db.prepare<[string, number], { key: number; rank: number }>(
      `SELECT rowid AS key, ${bm25(weights)} AS rank FROM passage_text_index
       WHERE passage_text_index MATCH ? ${condition} ORDER BY rank, key LIMIT ?`,
    );
  const everywhere = scored('');
  const among = scored('AND wanted(rowid)');
  const counted = db
    .prepare<[string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM passage_text_index WHERE passage_text_index MATCH ? LIMIT ?)',
    )
    .pluck();

  return {
    nearest(question, count, allowed) {
      const terms = queryTerms(question);
      if (terms.length === 0) return [];
      const best = new Map<number, number>();
      wanted = allowed ?? wanted;
      const statement = allowed === null ? everywhere : among;
      const narrow = allowed !== null && allowed.size <= SCORED;
      const queries = narrow ? [anyOf(terms)] : affordable(terms, (term) => counted.get(term, COUNTED) ?? 0);
      for (const query of queries) {
        for (const { key, rank } of statement.all(`${within}(${query})`, count))
          best.set(key, Math.max(best.get(key) ?? 0, -rank));
      }
      const hits = [...best].map(([key, score]) => ({ key, score }));
      return hits.sort((a, b) => b.score - a.score || a.key - b.key).slice(0, count);
    },
  };
}

/**
 * Queries whose best rows, taken together, are the best rows of all. Where the words are common, only passages with one of the rarer
 * words are scored: by these words alone, and, where they hold common ones too, by all words. A passage that holds only common
 * words is not found by its words; BM25 gives it next to nothing for them.
 */
function affordable(terms: readonly string[], passagesWith: (term: string) => number): string[] {
  const found = terms
    .map((term) => ({ term, passages: passagesWith(term) }))
    .filter(({ passages }) => passages > 0)
    .sort((a, b) => a.passages - b.passages);
  const rare: string[] = [];
  const common: string[] = [];
  let rows = 0;
  for (const { term, passages } of found) {
    rows += passages;
    if (rare.length === 0 || rows <= SCORED) rare.push(term);
    else common.push(term);
  }
  if (rare.length === 0) return [];
  return common.length === 0 ? [anyOf(rare)] : [anyOf(rare), `(${anyOf(rare)}) AND (${anyOf(common)})`];
}

function anyOf(terms: readonly string[]): string {
  return terms.join(' OR ');
}

function bm25(weights: readonly number[]): string {
  return `bm25(passage_text_index, ${weights.map((weight) => weight.toFixed(1)).join(', ')})`;
}
