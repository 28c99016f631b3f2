import type Database from 'better-sqlite3';
import type { Mailbox } from '../mail/mailbox.js';
import type { Identities } from './identities.js';
import type { SearchFilter } from './library.js';

/** Keys of the passages that a filter lets through; null where it lets everything through. */
export type AllowedKeys = (filter: SearchFilter) => ReadonlySet<number> | null;

export function openFilter(db: Database.Database, identities: Identities): AllowedKeys {
  const lists = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM list');
  return ({ lists: wantedLists, author, after, before }) => {
    const conditions: string[] = [];
    const values: (string | number)[] = [];
    const narrow = (condition: string, value: string | number): void => {
      conditions.push(condition);
      values.push(value);
    };
    if (wantedLists !== undefined && wantedLists.length > 0) {
      const wanted = new Set(wantedLists.map((name) => name.toLowerCase()));
      const numbers = lists.all().filter(({ name }) => wanted.has(name.toLowerCase()));
      narrow(
        'message IN (SELECT message FROM origin WHERE list IN (SELECT value FROM json_each(?)))',
        JSON.stringify(numbers.map(({ id }) => id)),
      );
    }
    if (author !== undefined && author.trim() !== '') {
      const speakers = identities.everyPerson().filter(({ mailbox }) => isNamed(mailbox, author));
      narrow('speaker IN (SELECT value FROM json_each(?))', JSON.stringify(speakers.map(({ number }) => number)));
    }
    if (after !== undefined) narrow('instant >= ?', after);
    if (before !== undefined) narrow('instant < ?', before);
    if (conditions.length === 0) return null;
    const keys = db.prepare<(string | number)[], number>(`SELECT key FROM passage WHERE ${conditions.join(' AND ')}`);
    return new Set(keys.pluck().all(...values));
  };
}

/** Whether every word of `wanted` is a word of the name or address; case, accents and order ignored. */
export function isNamed(mailbox: Mailbox, wanted: string): boolean {
  const words = wordsOf(wanted);
  const known = new Set(wordsOf([mailbox.name, mailbox.address, mailbox.masked].join(' ')));
  return words.length > 0 && words.every((word) => known.has(word));
}

function wordsOf(text: string): string[] {
  const folded = text.slice(0, 1000).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
