import type Database from 'better-sqlite3';
import type { MessageId } from '../mail/message-id.js';
import type { Identities } from './identities.js';
import type { PatchState } from './library.js';

/** What patch trackers say of patches, whether their mails are held or not. */
export interface PatchStates {
  of(message: number): PatchState[];
  every(): IterableIterator<PatchState & { readonly messageId: MessageId }>;
  put(message: number, state: PatchState): void;
}

/** Made where it is missing, rather than with the schema: without it an index is one that follows no patch tracker, and no other index. */
const TABLE = `CREATE TABLE IF NOT EXISTS patch_state (
  message INTEGER NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, since INTEGER, permalink TEXT,
  PRIMARY KEY (message, source)
) WITHOUT ROWID`;

type Row = PatchState & { readonly message: number };

export function openPatchStates(db: Database.Database, identities: Identities): PatchStates {
  if (!db.readonly) db.exec(TABLE);
  const exists = db.prepare<[], number>("SELECT 1 FROM sqlite_master WHERE name = 'patch_state'").pluck();

  /** A reader may be older than the table. */
  const statement = <P extends unknown[], R>(sql: string): (() => Database.Statement<P, R> | null) => {
    let prepared: Database.Statement<P, R> | null = null;
    return () => (prepared ??= exists.get() === undefined ? null : db.prepare<P, R>(sql));
  };
  const of = statement<[number], PatchState>(
    'SELECT source, state, since, permalink FROM patch_state WHERE message = ? ORDER BY source',
  );
  const every = statement<[], Row>('SELECT message, source, state, since, permalink FROM patch_state');
  // A list tells no time: where it says what was known, the time that was known stays.
  const put = statement<[Row], void>(
    `INSERT INTO patch_state (message, source, state, since, permalink) VALUES (@message, @source, @state, @since, @permalink)
     ON CONFLICT (message, source) DO UPDATE SET
       since = iif(state = excluded.state, coalesce(excluded.since, since), excluded.since),
       state = excluded.state, permalink = excluded.permalink`,
  );

  return {
    of: (message) => of()?.all(message) ?? [],
    *every() {
      for (const { message, ...state } of every()?.all() ?? [])
        yield { ...state, messageId: identities.messageId(message) };
    },
    put: (message, state) => void put()?.run({ ...state, message }),
  };
}
