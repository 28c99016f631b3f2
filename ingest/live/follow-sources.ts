import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../reading.js';
import type { FollowedSource } from '../sources.js';
import { safeUrl } from './address-guard.js';
import type { HttpClient } from './http.js';
import { LiveError } from './live-error.js';
import { passed, sourceKinds, type LiveReading, type SourceKind } from './live-reader.js';
import { liveReaders } from './live-readers.js';
import { lookAt } from './look.js';
import { OrderedIntake } from './ordered-intake.js';

/** Sources that are read at once; the requests to one host are counted apart. */
const atOnce = 4;

export interface Following extends Reading {
  readonly http: HttpClient;
  readonly dataDir: string;
  /** Told what is read now. */
  readonly onSource: (source: string) => void;
}

/** Reads what is new from servers. What is wrong with one source is noted, and the others go on. @throws what the store throws, and on abort */
export async function followSources(sources: readonly FollowedSource[], following: Following): Promise<void> {
  const intake = new OrderedIntake(following.intake);
  const waiting = [...sources];
  const work = async (): Promise<void> => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      following.onSource(source.url);
      await followOne(source, following, intake);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, work));
  await intake.finish();
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
}

async function followOne(source: FollowedSource, following: Following, intake: OrderedIntake): Promise<void> {
  const { tally } = following;
  try {
    const reading = await readingOf(source, following);
    const kind = await kindOf(source, reading);
    await intake.take({ source: source.url, item: passed('kind', kind) });
    for await (const item of liveReaders[kind](reading)) {
      reading.signal.throwIfAborted();
      await intake.take({ source: source.url, item });
    }
    await intake.take({ source: source.url, item: passed('behind', '0') });
  } catch (error) {
    following.signal?.throwIfAborted();
    if (intake.failed) throw error;
    tally.fail(source.url, error, error instanceof LiveError ? error.notBefore : null);
  }
}

async function kindOf({ url, kind }: FollowedSource, reading: LiveReading): Promise<SourceKind> {
  if (kind !== null) return kind;
  const known = reading.mark('kind');
  const found = sourceKinds.find((one) => one === known);
  return found ?? lookAt(safeUrl(url), reading.http, reading.signal);
}

async function readingOf({ url, list, login }: FollowedSource, following: Following): Promise<LiveReading> {
  const { writer, http, full, signal, dataDir } = following;
  const folder = join(dataDir, 'fetched', folderName(url));
  return {
    source: url,
    url: safeUrl(url),
    list,
    login: login ?? null,
    http,
    async folder() {
      await mkdir(folder, { recursive: true });
      return folder;
    },
    mark: (part) => (full && part !== 'kind' ? null : writer.mark(url, part)),
    holds: (id) => writer.message(id)?.origins.some(({ source }) => source === url) ?? false,
    signal: signal ?? new AbortController().signal,
  };
}

/** A name for people, and what makes it one URL's own. */
function folderName(url: string): string {
  const words = url
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60);
  return `${words}-${createHash('sha256').update(url).digest('hex').slice(0, 10)}`;
}
