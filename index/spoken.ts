import type Database from 'better-sqlite3';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import { textAt, type Span } from '../mail/span.js';
import type { Identities } from './identities.js';

/** A stored passage as words that somebody said. */
export interface Spoken {
  /** Keys only ever grow: what weaving makes anew has a higher one than all before it. */
  readonly key: number;
  readonly messageId: MessageId;
  readonly speaker: Mailbox;
  /** When the message that holds the words was sent; null where it does not say. */
  readonly heldAt: number | null;
  readonly text: string;
}

export interface SpokenPassages {
  /** Own or recovered passages with keys above `after`, in the order of their keys, at most `limit`. */
  page(kind: 'own' | 'recovered', after: number, limit: number): Spoken[];
  /** Own passages with keys up to `to` that hold all of these words, in any order, at most `limit`. */
  holding(words: readonly string[], to: number, limit: number): Spoken[];
  /** The highest key that `siftTo` was told; 0 in a new index. */
  siftedTo(): number;
  siftTo(key: number): void;
}

interface Row {
  readonly key: number;
  readonly message: number;
  readonly speaker: number;
  readonly instant: number | null;
  readonly spans: string;
  readonly own: string | null;
}

export function openSpoken(db: Database.Database, identities: Identities): SpokenPassages {
  const rows = `SELECT key, passage.message, speaker, message.instant, spans, own
    FROM passage JOIN message ON message.id = passage.message`;
  const select = db.prepare<[number, number, number], Row>(
    `${rows} WHERE recovered = ? AND key > ? ORDER BY key LIMIT ?`,
  );
  const search = db.prepare<[string, number, number], Row>(
    `${rows} WHERE key IN (SELECT rowid FROM passage_text_index WHERE passage_text_index MATCH ?) AND recovered = 0 AND key <= ? LIMIT ?`,
  );
  // In `meta`, not among the marks, which a rebuilt index takes over: its keys begin anew.
  const sifted = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'sifted'").pluck();
  const record = db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('sifted', ?)");
  const textOf = db.prepare<[number], string>('SELECT text FROM message WHERE id = ?').pluck();
  // A message has its passages in a row: a log of megabytes, quoted in pieces, is loaded once.
  let loaded = { message: -1, text: '' };
  function textIn({ message, spans }: Row): string {
    if (loaded.message !== message) loaded = { message, text: textOf.get(message) ?? '' };
    return textAt(loaded.text, spansOf(spans));
  }
  const spoken = (row: Row): Spoken => ({
    key: row.key,
    // Asked of few of them.
    get messageId() {
      return identities.messageId(row.message);
    },
    get speaker() {
      return identities.person(row.speaker);
    },
    heldAt: row.instant,
    text: row.own ?? textIn(row),
  });
  return {
    page: (kind, after, limit) => select.all(kind === 'recovered' ? 1 : 0, after, limit).map(spoken),
    holding(words, to, limit) {
      const quoted = words.map((word) => `"${word.replaceAll('"', '')}"`);
      return search.all(`own : (${quoted.join(' AND ')})`, to, limit).map(spoken);
    },
    siftedTo: () => Number(sifted.get() ?? 0),
    siftTo(key) {
      loaded = { message: -1, text: '' };
      record.run(String(key));
    },
  };
}

function spansOf(json: string): Span[] {
  const flat = JSON.parse(json) as number[];
  return Array.from({ length: flat.length >> 1 }, (_, at) => ({ start: flat[2 * at]!, end: flat[2 * at + 1]! }));
}
