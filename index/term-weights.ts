import type Database from 'better-sqlite3';

/**
 * How many passages hold a stem in their own words, read from the text index's vocabulary. The temporary table lives in memory and with its
 * connection.
 */
export function openTermHolders(db: Database.Database): (stem: string) => number {
  db.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_vocabulary USING fts5vocab('main', 'passage_text_index', 'col')",
  );
  const holding = db
    .prepare<[string], number>("SELECT doc FROM temp.passage_vocabulary WHERE term = ? AND col = 'own'")
    .pluck();
  return (stem) => holding.get(stem) ?? 0;
}

/** How telling a stem is: its inverse document frequency (as in BM25) among passages' own words. */
export function openTermWeights(db: Database.Database): (stem: string) => number {
  const heldBy = openTermHolders(db);
  const passages = db.prepare<[], number>('SELECT count(*) FROM passage').pluck();
  const documents = passages.get() ?? 0;
  return (stem) => {
    const found = heldBy(stem);
    return Math.log(1 + (documents - found + 0.5) / (found + 0.5));
  };
}
