import Database from 'better-sqlite3';
import { createSchema } from '../../index/schema.js';

/** A text index whose passages hold these words, each word in as many passages as it has numbers behind it. */
export function indexOf(words: Readonly<Record<string, number>>): Database.Database {
  const db = new Database(':memory:');
  createSchema(db);
  const insert = db.prepare(
    "INSERT INTO passage_text_index (rowid, own, subject, quoted, parent, opening) VALUES (?, ?, '', '', '', '')",
  );
  const texts = Object.entries(words).flatMap(([word, count]) => Array.from({ length: count }, () => word));
  texts.forEach((text, at) => insert.run(at + 1, text));
  return db;
}
