import { constants, copyFileSync, existsSync } from 'node:fs';
import { openDatabase } from './database.js';
import type { Generation } from './generation.js';

/** Pages between two words on how far it is: some 8 MB. */
const STEP = 2000;

/**
 * Makes `to` hold what `from` holds, for those who write on beside the present index. Only for the holder of the lock. `onProgress` is told how
 * far it is, in messages; where it throws, the copy ends.
 */
export async function copyGeneration(
  from: Generation,
  to: Generation,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const db = openDatabase(from.store, 'read');
  try {
    const messages = db.prepare<[], number>('SELECT count(*) FROM message').pluck().get() ?? 0;
    // What the write-ahead log holds is copied too, which a copy of the file would miss.
    await db.backup(to.store, {
      progress({ totalPages, remainingPages }) {
        const share = totalPages === 0 ? 1 : 1 - remainingPages / totalPages;
        onProgress(Math.round(share * messages), messages);
        return STEP;
      },
    });
  } finally {
    db.close();
  }
  for (const file of ['graph', 'graphNote'] as const) {
    if (existsSync(from[file])) copyFileSync(from[file], to[file], constants.COPYFILE_FICLONE);
  }
}
