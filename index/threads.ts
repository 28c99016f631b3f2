import type Database from 'better-sqlite3';
import type { QuoteSource } from '../mail/block.js';
import type { MessageId } from '../mail/message-id.js';
import type { Thread, ThreadMember } from '../mail/thread.js';
import type { Identities } from './identities.js';
import type { BlockSources } from '../mail/sourced-blocks.js';
import { dateFrom } from './messages.js';

/** Places in threads, and where quotes come from: what weaving makes of messages. */
export interface Threads {
  /** The thread that holds a message or ghost; null where none does. */
  threadOf(number: number): Thread | null;
  place(number: number): { readonly parentId: MessageId | null; readonly rootId: MessageId } | null;
  /** The number of its thread's root. */
  rootOf(number: number): number | null;
  membersOf(root: number): number[];
  removeThread(root: number): void;
  insertThread(thread: Thread): void;
  /** A message that is gone: its place stays while others are in the thread. */
  makeGhost(number: number): void;
  sources(number: number): BlockSources;
  setSources(number: number, sources: BlockSources): void;
  unwoven(): Set<MessageId>;
  markUnwoven(number: number): void;
  markWoven(number: number): void;
}

interface MemberRow {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly present: number;
  readonly author: string | null;
  readonly instant: number | null;
  readonly zone: number | null;
  readonly subject: string | null;
}

export function openThreads(db: Database.Database, identities: Identities): Threads {
  const rootOf = db.prepare<[number], number>('SELECT root FROM member WHERE id = ?').pluck();
  const parentAndRoot = db.prepare<[number], { parent: number | null; root: number }>(
    'SELECT parent, root FROM member WHERE id = ?',
  );
  const rows = db.prepare<[number], MemberRow>(
    'SELECT id, parent, depth, present, author, instant, zone, subject FROM member WHERE root = ? ORDER BY position',
  );
  const membersOf = db.prepare<[number], number>('SELECT id FROM member WHERE root = ? ORDER BY position').pluck();
  const removeThread = db.prepare('DELETE FROM member WHERE root = ?');
  // Not INSERT OR REPLACE: on a table with an index SQLite guards it by a savepoint, and at each of these FTS5 writes what it has
  // gathered to disk. A member took 300 instead of 4 µs.
  const remove = db.prepare('DELETE FROM member WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO member (id, root, position, parent, depth, present, author, instant, zone, subject)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const makeGhost = db.prepare(
    'UPDATE member SET present = 0, author = NULL, instant = NULL, zone = NULL, subject = NULL WHERE id = ?',
  );
  const messageIdOf = (number: number | null): MessageId | null =>
    number === null ? null : identities.messageId(number);

  function memberOf({ id, parent, depth, present, author, instant, zone, subject }: MemberRow): ThreadMember {
    const messageId = identities.messageId(id);
    const date = dateFrom(instant, zone);
    return { messageId, parentId: messageIdOf(parent), depth, present: present === 1, author, date, subject };
  }

  function insertMember(root: number, position: number, member: ThreadMember): void {
    const { messageId, parentId, depth, present, author, date, subject } = member;
    const parent = parentId === null ? null : identities.intern(parentId);
    const known = [author, date?.instant ?? null, date?.offset ?? null, subject];
    const number = identities.intern(messageId);
    remove.run(number);
    insert.run(number, root, position, parent, depth, present ? 1 : 0, ...known);
  }

  return {
    threadOf(number) {
      const root = rootOf.get(number);
      return root === undefined ? null : { rootId: identities.messageId(root), members: rows.all(root).map(memberOf) };
    },
    place(number) {
      const found = parentAndRoot.get(number);
      return found === undefined
        ? null
        : { parentId: messageIdOf(found.parent), rootId: identities.messageId(found.root) };
    },
    rootOf: (number) => rootOf.get(number) ?? null,
    membersOf: (root) => membersOf.all(root),
    removeThread: (root) => void removeThread.run(root),
    insertThread({ rootId, members }) {
      const root = identities.intern(rootId);
      members.forEach((member, position) => insertMember(root, position, member));
    },
    makeGhost: (number) => void makeGhost.run(number),
    ...openQuoteSources(db),
    ...openUnwoven(db),
  };
}

function openQuoteSources(db: Database.Database): Pick<Threads, 'sources' | 'setSources'> {
  const select = db.prepare<[number], string>('SELECT sources FROM quote_source WHERE message = ?').pluck();
  const insert = db.prepare('INSERT OR REPLACE INTO quote_source (message, sources) VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM quote_source WHERE message = ?');
  return {
    sources(number) {
      const json = select.get(number);
      return json === undefined ? [] : (JSON.parse(json) as [number, QuoteSource][]);
    },
    setSources(number, sources) {
      if (sources.length === 0) remove.run(number);
      else insert.run(number, JSON.stringify(sources));
    },
  };
}

function openUnwoven(db: Database.Database): Pick<Threads, 'unwoven' | 'markUnwoven' | 'markWoven'> {
  const select = db
    .prepare<[], string>('SELECT message_id FROM unwoven JOIN ident USING (id) ORDER BY unwoven.id')
    .pluck();
  const insert = db.prepare('INSERT OR IGNORE INTO unwoven (id) VALUES (?)');
  const remove = db.prepare('DELETE FROM unwoven WHERE id = ?');
  return {
    unwoven: () => new Set(select.all() as MessageId[]),
    markUnwoven: (number) => void insert.run(number),
    markWoven: (number) => void remove.run(number),
  };
}
