import { stat } from 'node:fs/promises';
import { ArchiveReadError } from './archive-file.js';
import { readerNamed, readerOf, type NamedReader } from './detect.js';
import type { Reader, SkipReason, StoreReader } from './readers/reader.js';
import { traverse, type Unit } from './traverse.js';

/** Something that was found: a file, or a store that is read as one. What is to be skipped is a store that holds only the reason. */
export type Archive = {
  readonly path: string;
  /** What its messages' origins name: the path that the user gave; for stores, which may be rewritten, their own. */
  readonly source: string;
  /** The list's name where it was given. */
  readonly list: string | null;
} & (
  | { readonly kind: 'file'; readonly reader: (head: Uint8Array, path: string) => Reader | null }
  | { readonly kind: 'store'; readonly reader: StoreReader }
);

export interface FindOptions {
  /** The list's name, in place of what the archive says. */
  readonly list?: string;
  /** A format of the reader table, in place of detection. */
  readonly format?: string;
}

/**
 * The archives at and below `paths`, each path's in the order of their names.
 *
 * @throws RangeError for an unknown format; ArchiveReadError for a path that does not exist, before anything is read.
 */
export async function findArchives(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<AsyncIterable<Archive>> {
  const forced = options.format === undefined ? null : readerNamed(options.format);
  for (const path of paths) {
    await stat(path).catch((error: unknown) => {
      throw new ArchiveReadError('unreadable', path, 'no such file or folder; check the path', error);
    });
  }
  return found(paths, forced, options.list ?? null);
}

async function* found(
  paths: readonly string[],
  forced: NamedReader | null,
  list: string | null,
): AsyncGenerator<Archive> {
  for (const path of paths) {
    if (forced?.kind === 'store') yield { kind: 'store', path, source: path, list, reader: forced.reader };
    else
      for await (const unit of traverse(path, forced === null))
        yield archiveOf(unit, path, forced?.reader ?? null, list);
  }
}

function archiveOf(unit: Unit, source: string, forced: Reader | null, list: string | null): Archive {
  const { path } = unit;
  switch (unit.kind) {
    case 'file':
      return { kind: 'file', path, source, list, reader: forced === null ? readerOf : () => forced };
    case 'store':
      return { kind: 'store', path, source: path, list, reader: unit.reader };
    case 'skipped':
      return { kind: 'store', path, source, list, reader: skipping(unit.reason) };
  }
}

function skipping(reason: SkipReason): StoreReader {
  return {
    format: 'none',
    detects: () => Promise.resolve(false),
    async *read({ path }) {
      yield { kind: 'skipped', reason, locator: path };
    },
  };
}
