import type Database from 'better-sqlite3';

/** Raised whenever the tables change: an index of another version must be rebuilt. */
export const SCHEMA_VERSION = 1;

/**
 * The tables. Message-IDs, people, sources and lists are interned, so that every other table names them by an integer;
 * `message.id`, `member.id` and `sighting.id` are all `ident.id`. Blocks are not stored: labelling a text again is cheap and exact.
 */
const TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE ident (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE);
  CREATE TABLE person (id INTEGER PRIMARY KEY, mailbox TEXT NOT NULL UNIQUE);
  CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

  CREATE TABLE message (
    id INTEGER PRIMARY KEY, author INTEGER NOT NULL, instant INTEGER, zone INTEGER, robot INTEGER NOT NULL,
    subject TEXT NOT NULL, subject_key TEXT NOT NULL, loose INTEGER NOT NULL,
    content_hash TEXT NOT NULL, headers TEXT NOT NULL, text TEXT NOT NULL
  );
  CREATE INDEX message_moment ON message (instant / 60000 % 15, instant);
  CREATE INDEX message_content ON message (substr(content_hash, 1, 16));
  CREATE INDEX message_subject ON message (subject_key, instant, loose) WHERE subject_key <> '';
  CREATE INDEX message_author ON message (author, instant);

  CREATE TABLE origin (
    message INTEGER NOT NULL, source INTEGER NOT NULL, list INTEGER NOT NULL, locator TEXT NOT NULL,
    permalink TEXT, permalink_hash INTEGER
  );
  CREATE INDEX origin_message ON origin (message, list, source);
  CREATE INDEX origin_list ON origin (list, message);
  CREATE INDEX origin_permalink ON origin (permalink_hash) WHERE permalink_hash IS NOT NULL;

  CREATE TABLE mention (target INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (target, message)) WITHOUT ROWID;
  CREATE INDEX mention_message ON mention (message);
  CREATE TABLE sighting (
    id INTEGER PRIMARY KEY, author INTEGER NOT NULL, instant INTEGER, zone INTEGER, subject TEXT NOT NULL, parent INTEGER
  );
  CREATE INDEX sighting_parent ON sighting (parent) WHERE parent IS NOT NULL;
  CREATE TABLE unwoven (id INTEGER PRIMARY KEY);
  CREATE TABLE member (
    id INTEGER PRIMARY KEY, root INTEGER NOT NULL, position INTEGER NOT NULL, parent INTEGER, depth INTEGER NOT NULL,
    present INTEGER NOT NULL, author TEXT, instant INTEGER, zone INTEGER, subject TEXT
  );
  CREATE INDEX member_root ON member (root, position);
  CREATE TABLE quote_source (message INTEGER PRIMARY KEY, sources TEXT NOT NULL);

  CREATE TABLE context (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, text TEXT NOT NULL);
  CREATE TABLE passage (
    key INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL, speaker INTEGER NOT NULL, instant INTEGER, zone INTEGER,
    recovered INTEGER NOT NULL, source INTEGER, signature BLOB NOT NULL, text_hash BLOB NOT NULL,
    spans TEXT NOT NULL, own TEXT, subject TEXT, quoted TEXT NOT NULL, parent INTEGER NOT NULL, opening INTEGER NOT NULL
  );
  CREATE INDEX passage_message ON passage (message, signature);
  CREATE INDEX passage_text ON passage (text_hash);
  CREATE INDEX passage_filter ON passage (speaker, instant, message);
  CREATE TABLE vector (key INTEGER PRIMARY KEY, code BLOB NOT NULL);

  CREATE VIRTUAL TABLE passage_text_index USING fts5 (
    own, subject, quoted, parent, opening,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE message_name_index USING fts5 (
    subject, author, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2'
  );

  CREATE TABLE mark (source TEXT NOT NULL, part TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, part)) WITHOUT ROWID;
  CREATE TABLE sync (source TEXT PRIMARY KEY, at INTEGER, error TEXT) WITHOUT ROWID;
`;

export function createSchema(db: Database.Database): void {
  db.exec(TABLES);
  // Fewer, larger segments: a 60,000 passage index took 31 instead of 55 µs a passage, in transactions of some hundred.
  db.exec("INSERT INTO passage_text_index (passage_text_index, rank) VALUES ('hashsize', 16000000)");
}
