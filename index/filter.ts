import type Database from 'better-sqlite3';
import type { Mailbox } from '../mail/mailbox.js';
import type { Identities } from './identities.js';
import type { Covered, SearchFilter } from './library.js';
import { FIRST_MAIL, lastMail } from './stats.js';

/** Keys of the passages that a filter lets through; null where it lets everything through. */
export type AllowedKeys = (filter: SearchFilter) => ReadonlySet<number> | null;

/** A filter as conditions on passages, and the values of their parameters. */
interface Conditions {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

type ConditionsOf = (filter: SearchFilter) => Conditions | null;

export function openFilter(db: Database.Database, identities: Identities): AllowedKeys {
  const conditionsOf = openConditions(db, identities);
  return (filter) => {
    const conditions = conditionsOf(filter);
    if (conditions === null) return null;
    const keys = db.prepare<(string | number)[], number>(`SELECT key FROM passage WHERE ${conditions.where}`);
    return new Set(keys.pluck().all(...conditions.values));
  };
}

/** Counts what a filter leaves to be searched. */
export function openCovered(db: Database.Database, identities: Identities): (filter: SearchFilter) => Covered {
  const conditionsOf = openConditions(db, identities);
  return (filter) => {
    const { where, values } = conditionsOf(filter) ?? { where: '1', values: [] };
    const bound = (which: 'min' | 'max'): Covered['first'] => {
      const row = db
        .prepare<(string | number)[], { instant: number | null; zone: number | null }>(
          `SELECT ${which}(instant) AS instant, zone FROM passage WHERE instant BETWEEN ? AND ? AND ${where}`,
        )
        .get(FIRST_MAIL, lastMail(), ...values);
      return row === undefined || row.instant === null ? null : { instant: row.instant, offset: row.zone };
    };
    const messages = db
      .prepare<(string | number)[], number>(`SELECT count(DISTINCT message) FROM passage WHERE ${where}`)
      .pluck()
      .get(...values);
    return { messages: messages ?? 0, first: bound('min'), last: bound('max') };
  };
}

function openConditions(db: Database.Database, identities: Identities): ConditionsOf {
  const lists = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM list');
  return ({ lists: wantedLists, author, after, before, thread }) => {
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
    // No member has the root -1: a thread that is not there lets nothing through.
    if (thread !== undefined)
      narrow('message IN (SELECT id FROM member WHERE root = ?)', identities.find(thread) ?? -1);
    return conditions.length === 0 ? null : { where: conditions.join(' AND '), values };
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
