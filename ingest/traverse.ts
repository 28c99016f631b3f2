import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { storeReaderOf } from './detect.js';
import { isGitDir } from './git/epochs.js';
import type { SkipReason, StoreReader } from './readers/reader.js';

/** Something on disk that is read as one. */
export type Unit =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'store'; readonly path: string; readonly reader: StoreReader }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: SkipReason };

/**
 * The units at and below `path`, folders in the order of their entries' names. Stores (Maildir, git) are one unit each unless
 * `stores` is false. Each folder is entered once, whatever links lead to it. Hidden files and folders, sockets and git repositories
 * without mail are skipped as `not-mail`, one for each.
 */
export async function* traverse(path: string, stores: boolean, seen: Set<string> = new Set()): AsyncGenerator<Unit> {
  const found = await stat(path).catch(() => null);
  if (found === null) yield { kind: 'skipped', path, reason: 'unreadable' };
  else if (!found.isDirectory() && !found.isFile()) yield { kind: 'skipped', path, reason: 'not-mail' };
  else {
    const reader = stores ? await storeReaderOf(path) : null;
    if (reader !== null) yield { kind: 'store', path, reader };
    else if (found.isFile()) yield { kind: 'file', path };
    else yield* inFolder(path, stores, seen);
  }
}

async function* inFolder(path: string, stores: boolean, seen: Set<string>): AsyncGenerator<Unit> {
  let entries: Dirent[];
  try {
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    entries = await readdir(path, { withFileTypes: true });
  } catch {
    yield { kind: 'skipped', path, reason: 'unreadable' };
    return;
  }
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const { name } of entries) {
    const entry = join(path, name);
    if ((await isHidden(entry)) || ((await isGitDir(entry)) && (await storeReaderOf(entry)) === null))
      yield { kind: 'skipped', path: entry, reason: 'not-mail' };
    else yield* traverse(entry, stores, seen);
  }
}

/** Maildir++ keeps its folders hidden (`.lists.linux-raid`): a hidden store is none. */
async function isHidden(path: string): Promise<boolean> {
  return basename(path).startsWith('.') && (await storeReaderOf(path)) === null;
}
