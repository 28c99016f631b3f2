import { basename, sep } from 'node:path';
import type { LibraryStats } from '../index/library.js';

/** A source as admins see it: the last part of its path, since the rest tells of the machine. */
export function sourceName(source: string): string {
  return basename(source) || source;
}

/** Sources that are not read with another one: of a folder and what is in it, the folder. */
export function outermost(sources: LibraryStats['sources']): string[] {
  const names = sources.map(({ source }) => source);
  return names.filter(
    (name) => !names.some((other) => other !== name && name.startsWith(other.endsWith(sep) ? other : other + sep)),
  );
}
