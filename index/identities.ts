import type Database from 'better-sqlite3';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';

/** Integers for what repeats: Message-IDs, people, sources, lists. */
export interface Identities {
  /** The number of a Message-ID, made where there is none. */
  intern(id: MessageId): number;
  find(id: MessageId): number | null;
  messageId(number: number): MessageId;
  internPerson(mailbox: Mailbox): number;
  person(number: number): Mailbox;
  everyPerson(): { readonly number: number; readonly mailbox: Mailbox }[];
  internName(table: 'source' | 'list', name: string): number;
  /** Drops what is remembered of numbers: after a rollback they may not exist. */
  forget(): void;
}

/** So much is remembered of each kind; far more than one thread or batch touches. */
const REMEMBERED = 50_000;

export function openIdentities(db: Database.Database): Identities {
  const ids = numbering(db, 'ident', 'message_id');
  const people = numbering(db, 'person', 'mailbox');
  const names = { source: numbering(db, 'source', 'name'), list: numbering(db, 'list', 'name') };
  const mailboxes = new Map<number, Mailbox>();
  const everyPerson = db.prepare<[], { id: number; mailbox: string }>('SELECT id, mailbox FROM person');

  function person(number: number): Mailbox {
    const known = mailboxes.get(number);
    if (known !== undefined) return known;
    const mailbox = mailboxFrom(people.text(number));
    if (mailboxes.size >= REMEMBERED) mailboxes.clear();
    mailboxes.set(number, mailbox);
    return mailbox;
  }

  return {
    intern: (id) => ids.intern(id),
    find: (id) => ids.find(id),
    messageId: (number) => ids.text(number) as MessageId,
    internPerson: ({ name, address, masked }) => people.intern(JSON.stringify([name, address, masked])),
    person,
    everyPerson: () => everyPerson.all().map(({ id, mailbox }) => ({ number: id, mailbox: mailboxFrom(mailbox) })),
    internName: (table, name) => names[table].intern(name),
    forget() {
      for (const kind of [ids, people, names.source, names.list]) kind.forget();
      mailboxes.clear();
    },
  };
}

function mailboxFrom(json: string): Mailbox {
  const [name, address, masked] = JSON.parse(json) as [string | null, string | null, string | null];
  return { name, address, masked };
}

function numbering(db: Database.Database, table: string, column: string) {
  const select = db.prepare<[string], number>(`SELECT id FROM ${table} WHERE ${column} = ?`).pluck();
  const selectText = db.prepare<[number], string>(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck();
  const insert = db.prepare(`INSERT INTO ${table} (${column}) VALUES (?)`);
  const remembered = new Map<string, number>();
  function remember(text: string, number: number): number {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, number);
    return number;
  }
  function find(text: string): number | null {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const number = select.get(text);
    return number === undefined ? null : remember(text, number);
  }
  return {
    find,
    intern: (text: string) => find(text) ?? remember(text, Number(insert.run(text).lastInsertRowid)),
    text(number: number): string {
      const text = selectText.get(number);
      if (text === undefined) throw new RangeError(`no ${table} has the number ${number}`);
      return text;
    },
    forget: () => remembered.clear(),
  };
}
