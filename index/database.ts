import Database from 'better-sqlite3';
import { readableError } from './errors.js';

/** Opens an SQLite file. Errors that the user can mend say how. */
export function openDatabase(file: string, mode: 'read' | 'write'): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: mode === 'read', fileMustExist: mode === 'read', timeout: 5000 });
    if (mode === 'write') {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      db.pragma('cache_size = -65536');
    }
    db.pragma('temp_store = MEMORY');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return db;
  } catch (error) {
    db?.close();
    throw readableError(error, file);
  }
}
