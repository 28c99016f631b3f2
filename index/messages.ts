import type Database from 'better-sqlite3';
import type { MailDate } from '../mail/date.js';
import { labelBlocks } from '../mail/label.js';
import { displayName } from '../mail/mailbox.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import type { Message, Origin } from '../mail/message.js';
import { sourcedBlocks, type BlockSources } from '../mail/sourced-blocks.js';
import { normaliseSubject } from '../mail/subject.js';
import { answersBySubject } from '../mail/thread-joins.js';
import type { Identities } from './identities.js';
import { isSamePage, permalinkHash } from './permalinks.js';

/** The message table with what hangs on it: origins, mentions, the names that look-ups search. */
export interface Messages {
  /** With the sources of its quotes, where they are given. */
  load(number: number, sources?: () => BlockSources): Message | null;
  has(number: number): boolean;
  /** The numbers of messages with a number above `after`, in order. */
  page(after: number, count: number): number[];
  put(message: Message): { readonly number: number; readonly textChanged: boolean };
  /** False where it was not there. */
  remove(number: number): boolean;
  addOrigin(number: number, origin: Origin): boolean;
  twins(instant: number | null, contentHash: string): number[];
  byPermalink(url: string): number[];
  lookUp(match: string, limit: number): number[];
}

interface MessageRow {
  readonly author: number;
  readonly instant: number | null;
  readonly zone: number | null;
  readonly robot: number;
  readonly subject: string;
  readonly content_hash: string;
  readonly headers: string;
  readonly text: string;
}

/** Header fields that are read only with their message, as one JSON text. */
interface Headers {
  readonly inReplyTo: readonly MessageId[];
  readonly references: readonly MessageId[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly attachments: readonly string[];
}

/** Hostile References hold 100,000 ids: the message keeps all of them, threads are tied through the first and these last ones. */
const MENTIONS = 500;
/** Clocks differ by the zones that writers forget: a multiple of 15 minutes, up to 26 hours. */
const ZONE_DOUBT_MS = 26 * 3_600_000;

export function openMessages(db: Database.Database, identities: Identities): Messages {
  const row = db.prepare<[number], MessageRow>(
    'SELECT author, instant, zone, robot, subject, content_hash, headers, text FROM message WHERE id = ?',
  );
  const has = db.prepare<[number], number>('SELECT 1 FROM message WHERE id = ?').pluck();
  const page = db.prepare<[number, number], number>('SELECT id FROM message WHERE id > ? ORDER BY id LIMIT ?').pluck();
  const text = db.prepare<[number], { text: string; subject: string }>(
    'SELECT text, subject FROM message WHERE id = ?',
  );
  // Removed and inserted, not replaced: see `openThreads`.
  const insert = db.prepare(
    `INSERT INTO message (id, author, instant, zone, robot, subject, subject_key, loose, content_hash, headers, text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = db.prepare('DELETE FROM message WHERE id = ?');
  const origins = openOrigins(db, identities);
  const mentions = openMentions(db, identities);
  const names = openNames(db);
  const byContent = db
    .prepare<[string, string], number>(
      'SELECT id FROM message WHERE substr(content_hash, 1, 16) = ? AND content_hash = ?',
    )
    .pluck();
  const byMoment = db
    .prepare<[number, number, number], number>(
      'SELECT id FROM message WHERE instant / 60000 % 15 = ? AND instant BETWEEN ? AND ?',
    )
    .pluck();

  function load(number: number, sources: () => BlockSources = () => []): Message | null {
    const found = row.get(number);
    if (found === undefined) return null;
    const headers = JSON.parse(found.headers) as Headers;
    return withBlocks(
      {
        messageId: identities.messageId(number),
        ...headers,
        from: identities.person(found.author),
        date: dateFrom(found.instant, found.zone),
        subject: found.subject,
        text: found.text,
        origins: origins.of(number),
        contentHash: found.content_hash,
        robot: found.robot === 1,
      },
      sources,
    );
  }

  return {
    load,
    has: (number) => has.get(number) !== undefined,
    page: (after, count) => page.all(after, count),
    put(message) {
      const number = identities.intern(message.messageId);
      const before = text.get(number);
      if (before !== undefined) {
        remove.run(number);
        mentions.remove(number);
        origins.remove(number);
        names.remove(number);
      }
      const { inReplyTo, references, to, cc, attachments } = message;
      const headers: Headers = { inReplyTo, references, to, cc, attachments };
      insert.run(
        number,
        identities.internPerson(message.from),
        message.date?.instant ?? null,
        message.date?.offset ?? null,
        message.robot ? 1 : 0,
        message.subject,
        normaliseSubject(message.subject),
        isLoose(message) ? 1 : 0,
        message.contentHash,
        JSON.stringify(headers),
        message.text,
      );
      for (const origin of message.origins) origins.add(number, origin);
      mentions.add(number, message);
      names.add(number, message);
      const textChanged = before !== undefined && (before.text !== message.text || before.subject !== message.subject);
      return { number, textChanged };
    },
    remove(number) {
      if (remove.run(number).changes === 0) return false;
      mentions.remove(number);
      origins.remove(number);
      names.remove(number);
      return true;
    },
    addOrigin: (number, origin) => origins.add(number, origin),
    twins(instant, contentHash) {
      const found = new Set(byContent.all(contentHash.slice(0, 16), contentHash));
      if (instant !== null) {
        const minute = Math.trunc(instant / 60_000);
        for (const twin of byMoment.all(
          minute % 15,
          instant - ZONE_DOUBT_MS - 60_000,
          instant + ZONE_DOUBT_MS + 60_000,
        ))
          found.add(twin);
      }
      return [...found];
    },
    byPermalink: (url) => origins.byPermalink(url),
    lookUp: (match, limit) => names.search(match, limit),
  };
}

/** A reply that says in its subject alone what it replies to. */
function isLoose({ inReplyTo, references, subject, text }: Omit<Message, 'blocks'>): boolean {
  return inReplyTo.length + references.length === 0 && answersBySubject({ subject, text });
}

/** Labels the text when somebody first asks for it: threading and look-ups mostly do not. */
function withBlocks(message: Omit<Message, 'blocks'>, sources: () => BlockSources): Message {
  let blocks: Message['blocks'] | null = null;
  return {
    ...message,
    get blocks() {
      return (blocks ??= sourcedBlocks(message.messageId, labelBlocks(message.text), sources()));
    },
  };
}

/** A date from its two columns. */
export function dateFrom(instant: number | null, zone: number | null): MailDate | null {
  return instant === null ? null : { instant, offset: zone };
}

interface OriginRow {
  readonly source: string;
  readonly list: string;
  readonly locator: string;
  readonly permalink: string | null;
}

function openOrigins(db: Database.Database, identities: Identities) {
  const of = db.prepare<[number], OriginRow>(
    `SELECT source.name AS source, list.name AS list, locator, permalink
     FROM origin JOIN source ON source.id = origin.source JOIN list ON list.id = origin.list
     WHERE message = ? ORDER BY origin.rowid`,
  );
  const known = db
    .prepare<[number, number, number, string], number>(
      'SELECT 1 FROM origin WHERE message = ? AND list = ? AND source = ? AND locator = ?',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT INTO origin (message, source, list, locator, permalink, permalink_hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const remove = db.prepare('DELETE FROM origin WHERE message = ?');
  const byHash = db.prepare<[number], { message: number; permalink: string }>(
    'SELECT message, permalink FROM origin WHERE permalink_hash = ? ORDER BY rowid',
  );
  return {
    of: (message: number): Origin[] =>
      of.all(message).map(({ permalink, ...place }) => (permalink === null ? place : { ...place, permalink })),
    add(message: number, { source, list, locator, permalink }: Origin): boolean {
      const place = [identities.internName('source', source), identities.internName('list', list)] as const;
      if (known.get(message, place[1], place[0], locator) !== undefined) return false;
      const hash = permalink === undefined ? null : permalinkHash(permalink);
      insert.run(message, ...place, locator, permalink ?? null, hash);
      return true;
    },
    remove: (message: number) => remove.run(message),
    byPermalink(url: string): number[] {
      const same = byHash.all(permalinkHash(url)).filter(({ permalink }) => isSamePage(permalink, url));
      return [...new Set(same.map(({ message }) => message))];
    },
  };
}

function openMentions(db: Database.Database, identities: Identities) {
  const insert = db.prepare('INSERT OR IGNORE INTO mention (target, message) VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM mention WHERE message = ?');
  return {
    add(message: number, { inReplyTo, references }: Pick<Message, 'inReplyTo' | 'references'>): void {
      for (const id of mentioned(inReplyTo, references)) insert.run(identities.intern(id), message);
    },
    remove: (message: number) => remove.run(message),
  };
}

function mentioned(inReplyTo: readonly MessageId[], references: readonly MessageId[]): Set<MessageId> {
  return new Set([...inReplyTo.slice(0, MENTIONS), ...references.slice(0, 1), ...references.slice(1).slice(-MENTIONS)]);
}

function openNames(db: Database.Database) {
  const insert = db.prepare('INSERT INTO message_name_index (rowid, subject, author) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM message_name_index WHERE rowid = ?');
  const search = db
    .prepare<[string, number], number>(
      'SELECT rowid FROM message_name_index WHERE message_name_index MATCH ? ORDER BY bm25(message_name_index, 1, 1) LIMIT ?',
    )
    .pluck();
  return {
    add: (number: number, message: Message) => insert.run(number, message.subject, displayName(message.from)),
    remove: (number: number) => remove.run(number),
    search: (match: string, limit: number) => search.all(match, limit),
  };
}
