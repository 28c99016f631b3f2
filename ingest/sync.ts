import { mkdirSync } from 'node:fs';
import { BUNDLED_MODEL, type EmbedderConfig } from '../index/embedder.js';
import { openWriter } from '../index/open.js';
import { Intake } from './intake.js';
import type { OnProgress } from './progress.js';
import { reportOf, Tally, type IngestReport } from './report.js';
import { readFollowed } from './followed.js';
import type { HttpOptions } from './live/http.js';
import { readArchive, type Reading } from './reading.js';
import { isUrl, sourceNamed, type FollowedSource } from './sources.js';
import { openStages, type Stages } from './stages.js';
import { findArchives, type Archive } from './walk.js';
import { weaveAll } from './weaving.js';

export type { IngestReport } from './report.js';

export interface IngestOptions {
  /** Where the index lives; made where it is not there. */
  readonly dataDir: string;
  /** Files and folders, walked recursively, and URLs of archives on servers. */
  readonly paths: readonly string[];
  /** Sources that are followed. What is wrong with one of them is noted in the library, and the others are read. */
  readonly sources?: readonly FollowedSource[];
  /** How servers are asked: nobody is named as contact, and private networks are not asked, unless told. */
  readonly http?: HttpOptions;
  /** The list's name, in place of what List-Id, page or file name say. */
  readonly list?: string;
  /** One of the reader table's formats, in place of detection. */
  readonly format?: string;
  /** Reads what was read before too. */
  readonly full?: boolean;
  readonly embedder?: EmbedderConfig;
  /** Worker threads; one for each core unless told. */
  readonly workers?: number;
  readonly onProgress?: OnProgress;
  /** Stops between two batches; what is stored stays, and the next ingest goes on from there. */
  readonly signal?: AbortSignal;
}

/**
 * Brings archives into the library: read, decode, merge, store, weave, index. Each batch is one transaction together with the mark of how far
 * its source is read, so that a kill at any moment loses nothing and doubles nothing: the next ingest, of whatever source, completes it.
 * A source that did not change since is not read again.
 *
 * @throws where a path or format is wrong, the index is unusable or the disk is full; bad mail never throws, `skipped` counts it.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { dataDir, onProgress, signal } = options;
  const embedder = options.embedder ?? BUNDLED_MODEL;
  const tally = new Tally();
  const files = options.paths.filter((path) => !isUrl(path));
  const archives = await findArchives(files, {
    ...(options.list === undefined ? {} : { list: options.list }),
    ...(options.format === undefined ? {} : { format: options.format }),
  });
  mkdirSync(dataDir, { recursive: true });
  const writer = await openWriter(dataDir, {
    embedder,
    wait: true,
    onWaiting: (pid) => onProgress?.({ stage: 'waiting', pid }),
  });
  const stages = openStages(embedder, options.workers);
  try {
    await readAll(archives, { writer, tally, full: options.full === true, signal }, stages, options);
    await weaveAll(writer, stages, onProgress, signal);
    signal?.throwIfAborted();
    await writer.graph({
      force: false,
      onProgress: (done, total) => onProgress?.({ stage: 'graphing', done, total }),
    });
    const report = reportOf(writer, tally);
    onProgress?.({ stage: 'done', report });
    return report;
  } finally {
    stages.close();
    writer.close();
  }
}

async function readAll(
  archives: AsyncIterable<Archive>,
  reading: Omit<Reading, 'intake'>,
  stages: Stages,
  options: IngestOptions,
): Promise<void> {
  const { writer, tally } = reading;
  let source = '';
  const intake = new Intake(writer, stages, tally, () =>
    options.onProgress?.({ stage: 'reading', source, done: tally.read, total: null }),
  );
  const sources = new Set<string>();
  for await (const archive of archives) {
    source = archive.source;
    sources.add(source);
    await readArchive(archive, { ...reading, intake });
  }
  const followed: FollowedSource[] = [
    ...options.paths.filter(isUrl).map((url) => sourceNamed(options.dataDir, url, options.list ?? null)),
    ...(options.sources ?? []),
  ];
  const { dataDir } = options;
  const show = (name: string): void => void (source = name);
  await readFollowed(followed, { ...reading, intake, dataDir, onSource: show }, options.http);
  for (const { url } of followed) sources.add(url);
  await intake.finish();
  const now = Date.now();
  for (const name of sources) writer.noteSync(name, now, tally.errors.get(name) ?? null);
}
