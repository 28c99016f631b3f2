import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { requireGeneration } from '../../index/generation.js';
import type { Library } from '../../index/library.js';
import { openLibrary } from '../../index/open.js';
import { ingest } from '../../ingest/sync.js';

const archive = fileURLToPath(new URL('../samples/archive', import.meta.url));

/** An index of the sample archive, and copies of it that are damaged on the disk. */
export interface DamagedIndex {
  /** A data folder with a copy of the index, after `damage` was done to its file. */
  copy(damage: (db: Database.Database) => void): string;
  /** Works on such a copy as a library. */
  after<T>(damage: (db: Database.Database) => void, work: (library: Library) => T | Promise<T>): Promise<T>;
  remove(): void;
}

export async function damagedIndex(): Promise<DamagedIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'threadlore-damaged-'));
  const whole = join(folder, 'whole');
  await ingest({ dataDir: whole, paths: [archive] });
  const copy: DamagedIndex['copy'] = (damage) => {
    const dataDir = mkdtempSync(join(folder, 'copy-'));
    cpSync(whole, dataDir, { recursive: true });
    damageIn(dataDir, damage);
    return dataDir;
  };
  return {
    copy,
    async after(damage, work) {
      const library = await openLibrary(copy(damage));
      try {
        return await work(library);
      } finally {
        library.close();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Changes an index's file behind the program's back. */
export function damageIn(dataDir: string, damage: (db: Database.Database) => void): void {
  const db = new Database(requireGeneration(dataDir).store);
  damage(db);
  db.close();
}

/** The number of a message in the index's file, as SQL. */
export function numberOf(messageId: string): string {
  return `(SELECT id FROM ident WHERE message_id = '${messageId}')`;
}
