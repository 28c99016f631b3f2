import type Database from 'better-sqlite3';
import type { EmbedderConfig } from './embedder.js';
import { IndexMismatchError } from './errors.js';
import { SCHEMA_VERSION } from './schema.js';

/** What an index records of how it was made. */
export interface Recorded {
  readonly schema: number;
  readonly version: string;
  readonly embedder: EmbedderConfig;
  /** Length of the stored vectors. */
  readonly dimensions: number;
}

export function writeRecorded(db: Database.Database, recorded: Recorded): void {
  const put = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  put.run('schema', String(recorded.schema));
  put.run('version', recorded.version);
  put.run('embedder', JSON.stringify(recorded.embedder));
  put.run('dimensions', String(recorded.dimensions));
  put.run('revision', '0');
}

export interface Wanted {
  /** The model that this run uses; null where whatever was recorded will do. */
  readonly embedder: EmbedderConfig | null;
  /** Take tables of another version too. */
  readonly anySchema: boolean;
}

/** Reads what was recorded. Throws `IndexMismatchError` where this program's tables, or the wanted model, are others. */
export function readRecorded(db: Database.Database, where: string, { embedder: wanted, anySchema }: Wanted): Recorded {
  const schema = metaValue(db, 'schema');
  if (schema !== String(SCHEMA_VERSION) && !anySchema) {
    throw new IndexMismatchError('schema', schema ?? 'unknown', String(SCHEMA_VERSION), where);
  }
  const embedder = JSON.parse(metaValue(db, 'embedder') ?? '{}') as EmbedderConfig;
  if (wanted !== null && wanted.model !== embedder.model) {
    throw new IndexMismatchError('model', embedder.model, wanted.model, where);
  }
  const dimensions = Number(metaValue(db, 'dimensions'));
  if (wanted?.dimensions !== undefined && wanted.dimensions !== dimensions) {
    throw new IndexMismatchError('dimensions', String(dimensions), String(wanted.dimensions), where);
  }
  return { schema: Number(schema), version: metaValue(db, 'version') ?? 'unknown', embedder, dimensions };
}

function metaValue(db: Database.Database, name: string): string | null {
  const hasMeta = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get() !== undefined;
  if (!hasMeta) return null;
  return (db.prepare('SELECT value FROM meta WHERE name = ?').pluck().get(name) as string | undefined) ?? null;
}

export function readRevision(db: Database.Database): number {
  return Number(metaValue(db, 'revision') ?? 0);
}
