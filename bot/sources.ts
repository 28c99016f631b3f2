import { basename, sep } from 'node:path';
import type { LibraryStats } from '../index/library.js';

/** A source as admins see it: the last part of its path, since the rest tells of the machine. */
export function sourceName(source: string): string {
  return basename(source) || source;
}

/** Sources that are not read with another one: of a folder and what is in it, the folder, unless what is in it has a list or format of its own. */
export function outermost(sources: LibraryStats['sources']): string[] {
  const isWithin = (name: string, folder: string): boolean =>
    name !== folder && name.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  return sources
    .filter(
      ({ source, list = null, format = null }) =>
        list !== null || format !== null || !sources.some((other) => isWithin(source, other.source)),
    )
    .map(({ source }) => source);
}
