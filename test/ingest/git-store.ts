import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const identity = ['-c', 'user.name=Keeper', '-c', 'user.email=keeper@example.org', '-c', 'init.defaultBranch=master'];

/** A folder that a test may fill; remove it with `rmSync`. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'threadlore-test-'));
}

/** Runs git in `folder`. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', [...identity, '-C', folder, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What one commit of a public-inbox epoch holds: files by path. */
export type Tree = Readonly<Record<string, string>>;

/** Makes a git repository at `path` (`….git` is bare) with one commit for each tree. */
export function makeRepository(path: string, trees: readonly Tree[]): void {
  const work = path.endsWith('.git') ? temporaryFolder() : path;
  mkdirSync(work, { recursive: true });
  git(work, 'init', '--quiet');
  for (const tree of trees) addCommit(work, tree);
  if (work === path) return;
  mkdirSync(dirname(path), { recursive: true });
  git(work, 'clone', '--quiet', '--mirror', '.', path);
  rmSync(work, { recursive: true });
}

/** Commits `tree` in place of what the work tree at `path` holds. */
export function addCommit(path: string, tree: Tree): void {
  git(path, 'rm', '-r', '--quiet', '--ignore-unmatch', '.');
  for (const [name, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  git(path, 'add', '--all');
  git(path, 'commit', '--quiet', '--allow-empty', '--message', 'mail');
}
