import type Database from 'better-sqlite3';

export interface Connected {
  /**
   * The closure of `starts` under everything that can put two messages into one thread: mentions in either direction,
   * overview places, a thread shared now, an equal normalised subject where one of the two is a reply without any
   * reference, and a patch series without references under its cover letter.
   */
  closure(starts: Iterable<number>): Set<number>;
  /** What mentions, or is mentioned by, or is next to it in an overview. */
  neighbours(number: number): number[];
}

const DAY = 86_400_000;
/** As far as threading looks for a subject's, and a series', earlier messages (mail/thread-joins.ts), so that yearly reports do not chain up. */
const SUBJECT_REACH = 60 * DAY;
const SERIES_REACH = DAY;

interface Named {
  readonly author: number;
  readonly instant: number;
  readonly loose: number;
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
    "SELECT author, instant, loose, subject_key FROM message WHERE id = ? AND subject_key <> '' AND instant IS NOT NULL",
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
      reach(neighbours.all({ id: number }));
      const rooted = root.get(number);
      if (rooted !== undefined && !roots.has(rooted)) {
        roots.add(rooted);
        reach(members.all(rooted));
      }
      const message = named.get(number);
      if (message !== undefined) reach(sharing(message));
    }
    return found;
  }

  return { closure, neighbours: (number) => neighbours.all({ id: number }) };
}

/** Messages that share a subject or a patch series with one, near enough in time for threading to join them. */
function openSharing(db: Database.Database): (message: Named) => number[] {
  const sameSubject = db
    .prepare<[string, number, number, number], number>(
      `SELECT id FROM message
       WHERE subject_key = ? AND subject_key <> '' AND instant BETWEEN ? AND ? AND loose >= ?`,
    )
    .pluck();
  const sameSeries = db
    .prepare<[number, number, number, string], number>(
      'SELECT id FROM message WHERE author = ? AND instant BETWEEN ? AND ? AND subject_key LIKE ?',
    )
    .pluck();
  return ({ author, instant, loose, subject_key }) => {
    const bySubject = sameSubject.all(
      subject_key,
      instant - SUBJECT_REACH,
      instant + SUBJECT_REACH,
      loose === 1 ? 0 : 1,
    );
    const series = /^\[patch (?<version>v[\d.]+) (?<number>\d+)\/(?<total>\d+)\]/u.exec(subject_key)?.groups;
    if (series === undefined) return bySubject;
    const wanted = series['number'] === '0' ? '%' : '0';
    const pattern = `[patch ${series['version']} ${wanted}/${series['total']}]%`;
    return [...bySubject, ...sameSeries.all(author, instant - SERIES_REACH, instant + SERIES_REACH, pattern)];
  };
}
