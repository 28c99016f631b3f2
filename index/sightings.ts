import type Database from 'better-sqlite3';
import type { Mailbox } from '../mail/mailbox.js';
import type { Identities } from './identities.js';
import type { StoredSighting } from './library.js';
import { dateFrom } from './messages.js';

/** Lines of thread overviews: messages that are known to exist. */
export interface Sightings {
  load(number: number): StoredSighting | null;
  /** Adds what a sighting knows to what is known. Gives its number where that changed anything, else null. */
  put(sighting: StoredSighting): number | null;
  everySighting(): StoredSighting[];
}

interface SightingRow {
  readonly author: number;
  readonly instant: number | null;
  readonly zone: number | null;
  readonly subject: string;
  readonly parent: number | null;
}

export function openSightings(db: Database.Database, identities: Identities): Sightings {
  const select = db.prepare<[number], SightingRow>(
    'SELECT author, instant, zone, subject, parent FROM sighting WHERE id = ?',
  );
  const numbers = db.prepare<[], number>('SELECT id FROM sighting ORDER BY id').pluck();
  const insert = db.prepare(
    'INSERT OR REPLACE INTO sighting (id, author, instant, zone, subject, parent) VALUES (?, ?, ?, ?, ?, ?)',
  );

  function load(number: number): StoredSighting | null {
    const row = select.get(number);
    if (row === undefined) return null;
    return {
      messageId: identities.messageId(number),
      from: identities.person(row.author),
      date: dateFrom(row.instant, row.zone),
      subject: row.subject,
      parentId: row.parent === null ? null : identities.messageId(row.parent),
    };
  }

  return {
    load,
    put(sighting) {
      const number = identities.intern(sighting.messageId);
      const before = load(number);
      const { from, date, subject, parentId } = before === null ? sighting : agreed(before, sighting);
      const author = identities.internPerson(from);
      const parent = parentId === null ? null : identities.intern(parentId);
      const after = { author, instant: date?.instant ?? null, zone: date?.offset ?? null, subject, parent };
      if (before !== null && JSON.stringify(select.get(number)) === JSON.stringify(after)) return null;
      insert.run(number, author, after.instant, after.zone, subject, parent);
      return number;
    },
    everySighting: () => numbers.all().map((number) => load(number) as StoredSighting),
  };
}

/** Two overviews of one message as one: what either knows, and where they differ the same choice in whatever order they come. */
function agreed(one: StoredSighting, other: StoredSighting): StoredSighting {
  const from = greater(one.from, other.from, (mailbox: Mailbox) =>
    JSON.stringify([mailbox.name ?? '', mailbox.address, mailbox.masked]),
  );
  const date = greater(one.date, other.date, (known) =>
    known === null ? '' : `${known.offset === null ? 0 : 1} ${known.instant}`,
  );
  const subject = greater(one.subject, other.subject, (known) => known);
  const parentId = greater(one.parentId, other.parentId, (known) => known ?? '');
  return { messageId: one.messageId, from, date, subject, parentId };
}

function greater<T>(one: T, other: T, key: (value: T) => string): T {
  return key(one) >= key(other) ? one : other;
}
