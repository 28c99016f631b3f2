import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { MessageId } from '../mail/message-id.js';
import { textAt, type Span } from '../mail/span.js';
import { embeddedText } from './embedder.js';
import type { Identities } from './identities.js';
import { dateFrom } from './messages.js';
import type { Passage, PassageDraft, PassageFields } from './passage.js';
import { encodeVector } from './vector-code.js';

/** The passage table with the text index and the vectors, which always change together. */
export interface Passages {
  load(key: number): Passage | null;
  /** Makes `drafts` the passages of a message; what is unchanged keeps its key. True where anything changed. */
  replace(message: number, drafts: readonly PassageDraft[], vectors: readonly Float32Array[]): boolean;
  /** True where there were any. */
  removeOf(message: number): boolean;
  remove(keys: readonly number[]): void;
  knownVector(embedded: string): Buffer | null;
}

interface PassageRow {
  readonly message: number;
  readonly speaker: number;
  readonly instant: number | null;
  readonly zone: number | null;
  readonly recovered: number;
  readonly source: number | null;
  readonly spans: string;
  readonly own: string | null;
  readonly subject: string | null;
  readonly quoted: string;
  readonly parent: string;
  readonly opening: string;
  readonly text: string;
  readonly messageSubject: string;
}

export function openPassages(db: Database.Database, identities: Identities): Passages {
  const select = db.prepare<[number], PassageRow>(
    `SELECT passage.message, speaker, passage.instant, passage.zone, recovered, source, spans, own, passage.subject, quoted,
            parent.text AS parent, opening.text AS opening, message.text, message.subject AS messageSubject
     FROM passage JOIN message ON message.id = passage.message
     JOIN context AS parent ON parent.id = passage.parent JOIN context AS opening ON opening.id = passage.opening
     WHERE key = ?`,
  );
  const present = db.prepare<[number], { key: number; signature: Buffer }>(
    'SELECT key, signature FROM passage WHERE message = ? ORDER BY key',
  );
  const content = db.prepare<[number], { text: string; subject: string }>(
    'SELECT text, subject FROM message WHERE id = ?',
  );
  const known = db
    .prepare<[Buffer], Buffer>('SELECT code FROM passage JOIN vector USING (key) WHERE text_hash = ? LIMIT 1')
    .pluck();
  const insert = openInsert(db, identities);
  const remove = openRemove(db);

  return {
    load(key) {
      const row = select.get(key);
      return row === undefined ? null : { key, ...draftFrom(row, identities) };
    },
    replace(message, drafts, vectors) {
      const before = present.all(message);
      const kept = new Map<string, number[]>();
      for (const { key, signature } of before) {
        const same = signature.toString('latin1');
        kept.set(same, [...(kept.get(same) ?? []), key]);
      }
      const holder = content.get(message);
      let changed = false;
      drafts.forEach((draft, at) => {
        const signature = signatureOf(draft);
        if (kept.get(signature.toString('latin1'))?.shift() !== undefined) return;
        const vector = vectors[at];
        if (vector === undefined || holder === undefined)
          throw new RangeError(`no vector or message for a passage of ${draft.messageId}`);
        insert(message, holder, draft, signature, vector);
        changed = true;
      });
      for (const keys of kept.values()) {
        for (const key of keys) remove(key);
        changed ||= keys.length > 0;
      }
      return changed;
    },
    removeOf(message) {
      const before = present.all(message);
      for (const { key } of before) remove(key);
      return before.length > 0;
    },
    remove(keys) {
      for (const key of keys) remove(key);
    },
    knownVector: (embedded) => known.get(textHash(embedded)) ?? null,
  };
}

function draftFrom(row: PassageRow, identities: Identities): PassageDraft {
  const flat = JSON.parse(row.spans) as number[];
  const spans: Span[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2)
    spans.push({ start: flat[at] as number, end: flat[at + 1] as number });
  const fields: PassageFields = {
    own: row.own ?? textAt(row.text, spans),
    subject: row.subject ?? row.messageSubject,
    quoted: row.quoted,
    parent: row.parent,
    opening: row.opening,
  };
  return {
    messageId: identities.messageId(row.message),
    kind: row.recovered === 1 ? 'recovered' : 'own',
    speaker: identities.person(row.speaker),
    saidAt: dateFrom(row.instant, row.zone),
    sourceId: row.source === null ? null : identities.messageId(row.source),
    spans,
    fields,
  };
}

type Holder = { readonly text: string; readonly subject: string };

function openInsert(db: Database.Database, identities: Identities) {
  const insert = db.prepare(
    `INSERT INTO passage (message, speaker, instant, zone, recovered, source, signature, text_hash, spans, own, subject, quoted, parent, opening)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertVector = db.prepare('INSERT INTO vector (key, code) VALUES (?, ?)');
  const insertText = db.prepare(
    'INSERT INTO passage_text_index (rowid, own, subject, quoted, parent, opening) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const contextOf = openContexts(db);
  const numberOf = (id: MessageId | null): number | null => (id === null ? null : identities.intern(id));
  return (message: number, holder: Holder, draft: PassageDraft, signature: Buffer, vector: Float32Array): void => {
    const { fields, spans, saidAt } = draft;
    const { own, subject, quoted, parent, opening } = fields;
    const { lastInsertRowid: key } = insert.run(
      message,
      identities.internPerson(draft.speaker),
      saidAt?.instant ?? null,
      saidAt?.offset ?? null,
      draft.kind === 'recovered' ? 1 : 0,
      numberOf(draft.sourceId),
      signature,
      textHash(embeddedText(fields)),
      JSON.stringify(spans.flatMap(({ start, end }) => [start, end])),
      own === textAt(holder.text, spans) ? null : own,
      subject === holder.subject ? null : subject,
      quoted,
      contextOf(parent),
      contextOf(opening),
    );
    insertVector.run(key, encodeVector(vector));
    insertText.run(key, own, subject, quoted, parent, opening);
  };
}

function openRemove(db: Database.Database) {
  const statements = [
    db.prepare('DELETE FROM passage WHERE key = ?'),
    db.prepare('DELETE FROM vector WHERE key = ?'),
    db.prepare('DELETE FROM passage_text_index WHERE rowid = ?'),
  ];
  return (key: number): void => {
    for (const statement of statements) statement.run(key);
  };
}

/** Parents and openings are shared by all passages of a reply, of its siblings, of a thread: each text is stored once. */
function openContexts(db: Database.Database) {
  const select = db.prepare<[Buffer], number>('SELECT id FROM context WHERE hash = ?').pluck();
  const insert = db.prepare('INSERT INTO context (hash, text) VALUES (?, ?)');
  return (text: string): number => {
    const hash = textHash(text);
    return select.get(hash) ?? Number(insert.run(hash, text).lastInsertRowid);
  };
}

/** 96 bits of SHA-1 over everything that a passage is made of. */
function signatureOf({ kind, speaker, saidAt, sourceId, spans, fields }: PassageDraft): Buffer {
  const { name, address, masked } = speaker;
  const said = saidAt === null ? null : [saidAt.instant, saidAt.offset];
  const { own, subject, quoted, parent, opening } = fields;
  const places = spans.map(({ start, end }) => [start, end]);
  return textHash(
    JSON.stringify([kind, name, address, masked, said, sourceId, places, own, subject, quoted, parent, opening]),
  );
}

/** 96 bits of a text's SHA-1. */
function textHash(text: string): Buffer {
  return createHash('sha1').update(text).digest().subarray(0, 12);
}
