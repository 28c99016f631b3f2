import { readFileSync } from 'node:fs';
import { openLibrary } from '../../../index/open.js';
import type { LibraryStats } from '../../../index/library.js';
import type { HttpOptions } from '../../../ingest/live/http.js';
import { ingest, type IngestOptions, type IngestReport } from '../../../ingest/sync.js';

/** Loopback is a private network; servers that fail are tried again at once. */
export const onLoopback: HttpOptions = {
  contact: 'mailto:tests@example.org',
  allowPrivate: true,
  retries: { attempts: 3, baseMs: 5, capMs: 20, longestWaitMs: 2_000 },
};

/** Follows `url` into the library at `dataDir`. */
export function follow(dataDir: string, url: string, options: Partial<IngestOptions> = {}): Promise<IngestReport> {
  const sources = [{ url, kind: null, list: null, everyMinutes: null }];
  return ingest({ dataDir, paths: [], sources, http: onLoopback, workers: 1, ...options });
}

/** Subjects in the library, sorted. */
export async function subjectsIn(dataDir: string): Promise<string[]> {
  const library = await openLibrary(dataDir);
  try {
    return [...library.everyMessage()].map(({ subject }) => subject).sort();
  } finally {
    library.close();
  }
}

export async function permalinksIn(dataDir: string): Promise<string[]> {
  const library = await openLibrary(dataDir);
  try {
    return [...library.everyMessage()].flatMap(({ origins }) => origins.map(({ permalink }) => permalink ?? '')).sort();
  } finally {
    library.close();
  }
}

export async function statsOf(dataDir: string): Promise<LibraryStats> {
  const library = await openLibrary(dataDir);
  try {
    return library.stats();
  } finally {
    library.close();
  }
}

/** The User-Agent that this version sends. */
export const version = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
