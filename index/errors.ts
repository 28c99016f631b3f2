/** There is no index in the folder yet. */
export class NoIndexError extends Error {
  override readonly name = 'NoIndexError';
  constructor(readonly dataDir: string) {
    super(`there is no index in ${dataDir}: make one with \`threadlore ingest <path-or-url>\``);
  }
}

/** The index was written by another version or for another embedding model. */
export class IndexMismatchError extends Error {
  override readonly name = 'IndexMismatchError';
  constructor(
    readonly what: 'schema' | 'model' | 'dimensions',
    readonly recorded: string,
    readonly expected: string,
    where: string,
  ) {
    super(
      `the index in ${where} was made with ${what} ${recorded}, this run needs ${expected}: ` +
        'rebuild it with `threadlore reindex`, or go back to the setting that it was made with',
    );
  }
}

/** Another process is writing. */
export class IndexBusyError extends Error {
  override readonly name = 'IndexBusyError';
  constructor(
    readonly pid: number | null,
    where: string,
  ) {
    super(
      `another ingest is running on ${where}${pid === null ? '' : ` (pid ${pid})`}: wait until it is done, or stop it`,
    );
  }
}

/** The disk, or the user's quota, is full. What was committed before is whole. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
  constructor(where: string, cause: unknown) {
    super(
      `no space left on the disk that holds ${where}: free some, then run the same command again; it goes on where it stopped`,
      { cause },
    );
  }
}

/** The file is no SQLite database, or a damaged one. */
export class DamagedIndexError extends Error {
  override readonly name = 'DamagedIndexError';
  constructor(where: string, cause: unknown) {
    super(
      `${where} is not a readable database (${cause instanceof Error ? cause.message : String(cause)}): ` +
        'move the data folder away and ingest the archives again',
      { cause },
    );
  }
}

/** The folder cannot be read or written. */
export class UnusableFolderError extends Error {
  override readonly name = 'UnusableFolderError';
  constructor(where: string, cause: unknown) {
    super(
      `cannot use ${where} (${cause instanceof Error ? cause.message : String(cause)}): ` +
        'check that it is a folder that you may write to, or name another one with --data',
      { cause },
    );
  }
}

/** What SQLite and the file system report, as errors that say what, where and how to mend; anything else unchanged. */
export function readableError(error: unknown, where: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(where, error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return new DamagedIndexError(where, error);
  if (['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new UnusableFolderError(where, error);
  }
  return error;
}
