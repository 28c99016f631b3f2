import type Database from 'better-sqlite3';
import type { Outcome } from './child.js';
import type { ReindexHow } from './run.js';
import type { StageProgress } from './running.js';

/** What the process that runs a re-index says of it, so that the bot's other processes can show it, and stop it. */
export interface Notice {
  readonly number: number;
  readonly startedAt: number;
  /** Null: the schedule. */
  readonly startedBy: string | null;
  readonly how: ReindexHow;
  readonly sources: readonly string[];
}

export interface PostedNotice extends Notice {
  readonly progress: StageProgress | null;
  readonly cancelling: boolean;
}

/** The one board of all of the bot's processes, in `bot.sqlite`. */
export interface Board {
  /** Takes the place of the one re-index; false where another process has it. */
  post(notice: Notice): boolean;
  /** What runs in any process; null where nothing does, or its process has died. */
  running(): PostedNotice | null;
  /** Says how far it is, which also says that it lives: to be called every second or so. True where somebody wants it stopped. */
  beat(number: number, progress: StageProgress | null): boolean;
  askToCancel(number: number): void;
  end(number: number, outcome: Outcome): void;
  /** How it ended; null while it runs, and where its process died without a word. */
  outcome(number: number): Outcome | null;
}

export const boardSchema = `
  CREATE TABLE IF NOT EXISTS reindex(
    number INTEGER PRIMARY KEY, notice TEXT NOT NULL, progress TEXT, beat INTEGER NOT NULL, cancelling INTEGER NOT NULL DEFAULT 0, outcome TEXT);
`;

/** A process that has said nothing for so long is dead. The machine's clock, not the bot's: all processes share it. */
const deadAfterMs = 15_000;

interface Row {
  readonly notice: string;
  readonly progress: string | null;
  readonly cancelling: number;
}

export function openBoard(db: Database.Database): Board {
  const alive = db.prepare<[number], Row>('SELECT * FROM reindex WHERE outcome IS NULL AND beat > ?');
  const clear = db.prepare('DELETE FROM reindex');
  const add = db.prepare('INSERT INTO reindex(number, notice, beat) VALUES (?, ?, ?)');
  const beat = db
    .prepare<[number, string, number], number>(
      'UPDATE reindex SET beat = ?, progress = ? WHERE number = ? RETURNING cancelling',
    )
    .pluck();
  const cancel = db.prepare('UPDATE reindex SET cancelling = 1 WHERE number = ?');
  const end = db.prepare('UPDATE reindex SET outcome = ? WHERE number = ?');
  const outcome = db.prepare<[number], string | null>('SELECT outcome FROM reindex WHERE number = ?').pluck();

  function running(): PostedNotice | null {
    const row = alive.get(Date.now() - deadAfterMs);
    if (row === undefined) return null;
    const { notice, progress, cancelling } = row;
    return {
      ...(JSON.parse(notice) as Notice),
      progress: JSON.parse(progress ?? 'null') as StageProgress | null,
      cancelling: cancelling === 1,
    };
  }
  const post = db.transaction((notice: Notice): boolean => {
    if (running() !== null) return false;
    clear.run();
    add.run(notice.number, JSON.stringify(notice), Date.now());
    return true;
  });
  return {
    post: (notice) => post.immediate(notice),
    running,
    beat: (number, progress) => beat.get(Date.now(), JSON.stringify(progress), number) === 1,
    askToCancel: (number) => void cancel.run(number),
    end: (number, how) => void end.run(JSON.stringify(how), number),
    outcome: (number) => JSON.parse(outcome.get(number) ?? 'null') as Outcome | null,
  };
}
