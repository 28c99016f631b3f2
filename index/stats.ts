import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { MailDate } from '../mail/date.js';
import type { Generation } from './generation.js';
import type { LibraryStats, ListStats, SourceStats } from './library.js';
import { readRevision, type Recorded } from './meta.js';

/** Clocks that stand at 1970 or in the next century say nothing about when a list began or ended. */
export const FIRST_MAIL = Date.UTC(1982, 0, 1);
const DAY = 86_400_000;

export function lastMail(): number {
  return Date.now() + DAY;
}

interface Bound {
  readonly list: number;
  readonly instant: number;
  readonly zone: number | null;
}

type Counted = Omit<LibraryStats, 'graphed' | 'bytes'>;

/**
 * The account of a library. Counting 20,000 messages takes 40 ms and every answer says what was searched, so what was counted is kept until
 * somebody commits, in this process or another.
 */
export function openStats(
  db: Database.Database,
  generation: Generation,
  recorded: Recorded,
  graphed: () => number,
): () => LibraryStats {
  const ownChanges = db.prepare<[], number>('SELECT total_changes()').pluck();
  let kept: { readonly state: string; readonly counted: Counted } | null = null;

  function counted(): Counted {
    // A transaction may yet be rolled back, which no counter tells.
    if (db.inTransaction) return count(db, recorded);
    const state = `${String(db.pragma('data_version', { simple: true }))} ${ownChanges.get() ?? 0}`;
    if (kept?.state !== state) kept = { state, counted: count(db, recorded) };
    return kept.counted;
  }

  return () => ({ ...counted(), graphed: graphed(), bytes: folderBytes(generation.folder) });
}

function count(db: Database.Database, recorded: Recorded): Counted {
  const number = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  return {
    messages: number('SELECT count(*) FROM message'),
    ghosts: number('SELECT count(*) FROM member WHERE present = 0'),
    threads: number('SELECT count(DISTINCT root) FROM member'),
    passages: {
      own: number('SELECT count(*) FROM passage WHERE recovered = 0'),
      recovered: number('SELECT count(*) FROM passage WHERE recovered = 1'),
    },
    lists: listStats(db),
    sources: sourceStats(db),
    model: { id: recorded.embedder.model, dimensions: recorded.dimensions },
    schema: recorded.schema,
    revision: readRevision(db),
  };
}

function listStats(db: Database.Database): ListStats[] {
  const counts = db
    .prepare<[], { id: number; list: string; messages: number }>(
      `SELECT list.id, list.name AS list, count(DISTINCT message) AS messages
       FROM origin JOIN list ON list.id = origin.list GROUP BY list.id ORDER BY list.name`,
    )
    .all();
  const first = bounds(db, 'min');
  const last = bounds(db, 'max');
  return counts.map(({ id, list, messages }) => ({
    list,
    messages,
    first: first.get(id) ?? null,
    last: last.get(id) ?? null,
  }));
}

/** With `min` and `max`, SQLite gives the other columns of the row that has the extreme. */
function bounds(db: Database.Database, which: 'min' | 'max'): Map<number, MailDate> {
  const rows = db.prepare<[number, number], Bound>(
    `SELECT list, ${which}(instant) AS instant, zone FROM origin JOIN message ON message.id = origin.message
     WHERE instant BETWEEN ? AND ? GROUP BY list`,
  );
  return new Map(rows.all(FIRST_MAIL, lastMail()).map(({ list, instant, zone }) => [list, { instant, offset: zone }]));
}

function sourceStats(db: Database.Database): SourceStats[] {
  return db
    .prepare<[], SourceStats>(
      `SELECT name AS source, (SELECT count(DISTINCT message) FROM origin WHERE origin.source = source.id) AS messages,
              sync.at AS syncedAt, sync.error AS lastError,
              (SELECT CAST(value AS INTEGER) FROM mark WHERE mark.source = name AND part = 'behind') AS behind,
              (SELECT nullif(value, '') FROM mark WHERE mark.source = name AND part = 'asked:list') AS list,
              (SELECT nullif(value, '') FROM mark WHERE mark.source = name AND part = 'asked:format') AS format
       FROM (SELECT name FROM source UNION SELECT source FROM sync) LEFT JOIN source USING (name) LEFT JOIN sync ON sync.source = name
       ORDER BY name`,
    )
    .all();
}

function folderBytes(folder: string): number {
  // A rebuild has taken the place of an index that is still open: its files are gone by name, and SQLite reads on.
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const name of readdirSync(folder)) bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}
