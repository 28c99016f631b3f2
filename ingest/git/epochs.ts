import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runGit } from './git.js';

/** One git repository of a public-inbox store. */
export interface Epoch {
  /** `0.git`; tells epochs of one store apart in marks. */
  readonly name: string;
  readonly gitDir: string;
}

/**
 * The repositories at `path`, in order: a bare or checked-out one, or a folder that holds epochs (`0.git`, `1.git`)
 * itself or in `git/`. Empty where there is none.
 */
export async function epochsAt(path: string): Promise<Epoch[]> {
  for (const gitDir of [path, join(path, '.git')])
    if (await isGitDir(gitDir)) return [{ name: basename(path), gitDir }];
  // Beside epochs, public-inbox keeps its own files. With anything else there, it is just a folder.
  if (!(await entriesOf(path)).every((name) => storeEntry.test(name))) return [];
  for (const folder of [join(path, 'git'), path]) {
    const names = (await entriesOf(folder)).filter((name) => /^\d{1,6}\.git$/.test(name));
    names.sort((left, right) => parseInt(left, 10) - parseInt(right, 10));
    if (names.length > 0) return names.map((name) => ({ name, gitDir: join(folder, name) }));
  }
  return [];
}

const storeEntry =
  /^(?:\d{1,6}\.git|all\.git|git|\..*|xap\d+|public-inbox|(?:msgmap|over)\.sqlite3.*|.*\.lock|description|config|manifest.*|README.*)$/;

/** Whether `path` looks like a git directory: what git itself asks for. */
export async function isGitDir(path: string): Promise<boolean> {
  const kinds = await Promise.all([
    isFile(join(path, 'HEAD')),
    isFolder(join(path, 'objects')),
    isFolder(join(path, 'refs')),
  ]);
  return kinds.every(Boolean);
}

/** Whether `path` is a git bundle file (its first line says so). */
export async function isBundle(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false;
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
      return /^# v[23] git bundle\n/.test(buffer.toString('latin1', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

/** The commits that a bundle's references stand at. */
export async function bundleHeads(path: string): Promise<string[]> {
  const { stdout } = await runGit(['bundle', 'list-heads', resolve(path)]);
  return stdout.split('\n').flatMap((line) => /^[0-9a-f]{40,64}(?= )/.exec(line)?.[0] ?? []);
}

/** Whether a repository's newest tree is that of public-inbox: `m` or `d` (v2), or folders of two hex digits (v1). */
export async function holdsMail(gitDir: string): Promise<boolean> {
  const head = await headOf(gitDir);
  if (head === null) return false;
  const { status, stdout } = await runGit([`--git-dir=${gitDir}`, 'ls-tree', '--name-only', head, '--']);
  const names = stdout.split('\n').filter((name) => name !== '');
  const isV2 = names.length > 0 && names.length <= 2 && names.every((name) => name === 'm' || name === 'd');
  return status === 0 && (isV2 || (names.length > 0 && names.every((name) => /^[0-9a-f]{2}$/.test(name))));
}

/** The commit that HEAD, or else the first branch, stands at; null in an empty repository. */
export async function headOf(gitDir: string): Promise<string | null> {
  const at = `--git-dir=${gitDir}`;
  const head = await runGit([at, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.status === 0) return head.stdout.trim();
  const branches = await runGit([at, 'for-each-ref', '--count=1', '--format=%(objectname)', 'refs/heads']);
  return branches.stdout.trim() === '' ? null : branches.stdout.trim();
}

/** Whether `ancestor` is part of the history of `head`. */
export async function isAncestor(gitDir: string, ancestor: string, head: string): Promise<boolean> {
  return (await runGit([`--git-dir=${gitDir}`, 'merge-base', '--is-ancestor', ancestor, head])).status === 0;
}

/** The URL that a repository was cloned from, where that is a web address (without user or password). */
export async function clonedFrom(gitDir: string): Promise<string | null> {
  const { stdout } = await runGit([`--git-dir=${gitDir}`, 'config', '--get', 'remote.origin.url']);
  const url = URL.canParse(stdout.trim()) ? new URL(stdout.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

async function entriesOf(path: string): Promise<string[]> {
  return readdir(path).catch(() => []);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
