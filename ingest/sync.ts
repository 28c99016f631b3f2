import { mkdirSync } from 'node:fs';
import { buildIndex, type BuildOptions } from './build-index.js';
import type { Into } from './destination.js';
import { Intake } from './intake.js';
import type { IngestReport } from './report.js';
import { readFollowed } from './followed.js';
import type { HttpOptions } from './live/http.js';
import { readArchive, type Reading } from './reading.js';
import { isUrl, sourceNamed, type FollowedSource } from './sources.js';
import type { Stages } from './stages.js';
import { findArchives, type Archive } from './walk.js';

export type { IngestReport } from './report.js';

/** `dataDir` is made where it is not there; `signal` stops between two batches: what is stored stays, and the next ingest goes on from there. */
export interface IngestOptions extends BuildOptions {
  /** Files and folders, walked recursively, and URLs of archives on servers; with a list and a format of their own where these are not those of all. */
  readonly paths: readonly (string | Place)[];
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
  /** Into the present index, unless told. */
  readonly into?: Into;
}

/** A path or URL, the list that it is and the format that it is read as, where these are not found out. */
export interface Place {
  readonly path: string;
  readonly list: string | null;
  readonly format: string | null;
}

/**
 * Brings archives into the library: read, decode, merge, store, weave, index. Each batch is one transaction together with the mark of how far
 * its source is read, so that a kill at any moment loses nothing and doubles nothing: the next ingest, of whatever source, completes it. An ingest
 * beside the present index (`into`) is all or nothing instead. A source that did not change since is not read again.
 *
 * @throws where a path or format is wrong, the index is unusable or the disk is full; bad mail never throws, `skipped` counts it.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { dataDir, signal, list = null, format = null, into = 'present', full = false } = options;
  const places = options.paths.map((place) => (typeof place === 'string' ? { path: place, list, format } : place));
  const finds = await Promise.all(places.filter(({ path }) => !isUrl(path)).map(findPlace));
  mkdirSync(dataDir, { recursive: true });
  return buildIndex(into, options, ({ writer, tally, stages }) =>
    readAll({ places, finds }, { writer, tally, full, signal }, stages, options),
  );
}

/** A place, and the archives at and below it. */
type Find = Place & { readonly archives: AsyncIterable<Archive> };

async function findPlace(place: Place): Promise<Find> {
  const { path, list, format } = place;
  const archives = await findArchives([path], {
    ...(list === null ? {} : { list }),
    ...(format === null ? {} : { format }),
  });
  return { ...place, archives };
}

async function readAll(
  { places, finds }: { readonly places: readonly Place[]; readonly finds: readonly Find[] },
  reading: Omit<Reading, 'intake'>,
  stages: Stages,
  options: IngestOptions,
): Promise<void> {
  const { writer, tally } = reading;
  let source = '';
  const intake = new Intake(writer, stages, tally, () =>
    options.onProgress?.({ stage: 'reading', source, done: tally.read, total: null }),
  );
  const asked = new Map<string, Pick<Place, 'list' | 'format'>>();
  for (const { archives, list, format } of finds) {
    for await (const archive of archives) {
      source = archive.source;
      asked.set(source, { list, format });
      await readArchive(archive, { ...reading, intake });
    }
  }
  const followed: FollowedSource[] = [
    ...places.filter(({ path }) => isUrl(path)).map(({ path, list }) => sourceNamed(options.dataDir, path, list)),
    ...(options.sources ?? []),
  ];
  const { dataDir } = options;
  const show = (name: string): void => void (source = name);
  await readFollowed(followed, { ...reading, intake, dataDir, onSource: show }, options.http);
  for (const { url, list } of followed) asked.set(url, { list, format: null });
  await intake.finish();
  const now = Date.now();
  for (const [name, { list, format }] of asked) {
    writer.noteSync(name, now, tally.errors.get(name) ?? null);
    // What an archive does not say itself must be known when it is read again.
    writer.setMark(name, 'asked:list', list ?? '');
    writer.setMark(name, 'asked:format', format ?? '');
  }
}
