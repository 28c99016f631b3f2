import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { IndexBusyError, readableError } from './errors.js';

export interface LockOptions {
  /** Wait until the other writer is done, instead of throwing `IndexBusyError`. */
  readonly wait?: boolean;
  /** Told once, when waiting begins. */
  readonly onWaiting?: (pid: number | null) => void;
}

export interface Lock {
  release(): void;
}

const POLL_MS = 200;

/**
 * Takes the one place that writers share: an exclusive transaction on `lock.sqlite`. The operating system ends it with the process,
 * so that a killed writer never locks anybody out, which a plain lock file would.
 */
export async function lockForWriting(dataDir: string, options: LockOptions): Promise<Lock> {
  let told = false;
  for (;;) {
    const lock = tryLock(dataDir);
    if (lock !== null) return lock;
    const pid = holder(dataDir);
    if (options.wait !== true) throw new IndexBusyError(pid, dataDir);
    if (!told) options.onWaiting?.(pid);
    told = true;
    await sleep(POLL_MS);
  }
}

function tryLock(dataDir: string): Lock | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(join(dataDir, 'lock.sqlite'), { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    writeFileSync(join(dataDir, 'writer.json'), JSON.stringify({ pid: process.pid }));
  } catch (error) {
    db?.close();
    const code = (error as { code?: string }).code;
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return null;
    throw readableError(error, dataDir);
  }
  const held = db;
  return {
    release() {
      if (!held.open) return;
      rmSync(join(dataDir, 'writer.json'), { force: true });
      held.close();
    },
  };
}

/** The process that took the lock last; null where that cannot be read. */
function holder(dataDir: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(join(dataDir, 'writer.json'), 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? pid : null;
  } catch {
    return null;
  }
}
