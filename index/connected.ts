import type Database from 'better-sqlite3';
import { SUBJECT_REACH } from '../mail/thread-joins.js';

export interface Connected {
  /**
   * The closure of `starts` under everything that can put two messages into one thread, or let one quote the other: mentions in
   * either direction, overview places, a thread shared now, an equal normalised subject (robots repeat theirs: theirs count only where one
   * of the two is a reply without any reference), and a patch series without references under its cover letter.
   */
  closure(starts: Iterable<number>): Set<number>;
  /** What mentions, or is mentioned by, or is next to it in an overview, or shares its subject or its patch series. */
  neighbours(number: number): number[];
}

const DAY = 86_400_000;
/** As far as threading looks for a series' earlier messages (mail/thread-joins.ts). */
const SERIES_REACH = DAY;

interface Named {
  readonly author: number;
  readonly instant: number;
  readonly loose: number;
  readonly robot: number;
  readonly subject_key: string;
}

export function openConnected(db: Database.Database): Connected {
  const neighbours = db
    .prepare<{ id: number }, number>(
      `SELECT target FROM mention WHERE message = @id
       UNION ALL SELECT message FROM mention WHERE target = @id
       UNION ALL SELECT id FROM sighting WHERE parent = @id
       UNION ALL SELECT parent FROM sighting WHERE id = @id AND parent IS NOT NULL`,
    )
    .pluck();
  const root = db.prepare<[number], number>('SELECT root FROM member WHERE id = ?').pluck();
  const members = db.prepare<[number], number>('SELECT id FROM member WHERE root = ?').pluck();
  const named = db.prepare<[number], Named>(
    "SELECT author, instant, loose, robot, subject_key FROM message WHERE id = ? AND subject_key <> '' AND instant IS NOT NULL",
  );
  const sharing = openSharing(db);

  function closure(starts: Iterable<number>): Set<number> {
    const found = new Set(starts);
    const roots = new Set<number>();
    const reach = (numbers: readonly number[]): void => {
      for (const number of numbers) found.add(number);
    };
    // A Set is walked in the order of insertion, what is added on the way included.
    for (const number of found) {
      reach(neighboursOf(number));
      const rooted = root.get(number);
      if (rooted !== undefined && !roots.has(rooted)) {
        roots.add(rooted);
        reach(members.all(rooted));
      }
    }
    return found;
  }

  function neighboursOf(number: number): number[] {
    const message = named.get(number);
    return [...neighbours.all({ id: number }), ...(message === undefined ? [] : sharing(message))];
  }

  return { closure, neighbours: neighboursOf };
}

/** Messages that share a subject or a patch series with one, near enough in time for threading to join them, or for one to quote the other. */
function openSharing(db: Database.Database): (message: Named) => number[] {
  const sameSubject = db
    .prepare<[string, number, number, number, number], number>(
      `SELECT id FROM message
       WHERE subject_key = ? AND subject_key <> '' AND instant BETWEEN ? AND ? AND (loose >= ? OR robot < ?)`,
    )
    .pluck();
  const sameSeries = db
    .prepare<[number, number, number, string], number>(
      'SELECT id FROM message WHERE author = ? AND instant BETWEEN ? AND ? AND subject_key LIKE ?',
    )
    .pluck();
  return ({ author, instant, loose, robot, subject_key }) => {
    const bySubject = sameSubject.all(
      subject_key,
      instant - SUBJECT_REACH,
      instant + SUBJECT_REACH,
      loose === 1 ? 0 : 1,
      robot === 1 ? 0 : 1,
    );
    const series = /^\[patch (?<version>v[\d.]+) (?<number>\d+)\/(?<total>\d+)\]/u.exec(subject_key)?.groups;
    if (series === undefined) return bySubject;
    const wanted = series['number'] === '0' ? '%' : '0';
    const pattern = `[patch ${series['version']} ${wanted}/${series['total']}]%`;
    return [...bySubject, ...sameSeries.all(author, instant - SERIES_REACH, instant + SERIES_REACH, pattern)];
  };
}
