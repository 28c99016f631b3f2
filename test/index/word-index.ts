import Database from 'better-sqlite3';
import { createSchema } from '../../index/schema.js';

/** A text index whose passages hold these words, each word in as many passages as it has numbers behind it. */
export function indexOf(words: Readonly<Record<string, number>>): Database.Database {
  return wordIndex(Object.entries(words).flatMap(([word, count]) => Array.from({ length: count }, () => word)));
}

/** A text index of passages that say these texts. */
export function wordIndex(texts: readonly string[]): Database.Database {
  const db = new Database(':memory:');
  createSchema(db);
  const passage = db.prepare(
    `INSERT INTO passage (key, message, speaker, recovered, signature, text_hash, spans, quoted, parent, opening)
     VALUES (?, 1, 1, 0, '', '', '[]', '', 0, 0)`,
  );
  const text = db.prepare(
    "INSERT INTO passage_text_index (rowid, own, subject, quoted, parent, opening) VALUES (?, ?, '', '', '', '')",
  );
  for (const [at, own] of texts.entries()) {
    passage.run(at + 1);
    text.run(at + 1, own);
  }
  return db;
}
