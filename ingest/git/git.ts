import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** What a git command printed. `status` is null where git could not be started or was killed. */
export interface GitResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// A repository to be read may be anybody's: no hook, no transport, no external program may run on its behalf, and
// the configuration of this machine must not change what is printed.
const hardened = [
  ...['safe.directory=*', 'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'log.showSignature=false'],
  ...['log.showRoot=true', 'core.quotePath=true', 'protocol.allow=never', 'gc.auto=0', 'color.ui=false'],
].flatMap((setting) => ['-c', setting]);

/** Starts git without a shell. Arguments that name things come last, behind `--` where git takes it. */
export function startGit(args: readonly string[]): GitProcess {
  return spawn('git', ['--no-pager', ...hardened, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      // eslint-disable-next-line no-restricted-syntax -- no setting: what finds git is passed on to it
      ...process.env,
      ...{ GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, GIT_CONFIG_PARAMETERS: undefined },
      ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', GIT_ATTR_NOSYSTEM: '1' },
      ...{ GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    },
  });
}

/** Runs git to its end. Never rejects. For commands that print little. */
export async function runGit(args: readonly string[]): Promise<GitResult> {
  const git = startGit(args);
  git.stdin.end();
  const [stdout, stderr, status] = await Promise.all([textOf(git.stdout), textOf(git.stderr), exitOf(git)]);
  return { status, stdout, stderr };
}

/** The exit status; null where git could not be started or was killed. */
export function exitOf(git: GitProcess): Promise<number | null> {
  return new Promise((resolve) => {
    git.once('error', () => resolve(null));
    git.once('close', (status) => resolve(status));
  });
}

/** All that a stream holds, as text, its first 10 MB. */
export async function textOf(stream: Readable): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream as AsyncIterable<string>) if (text.length < 1e7) text += chunk;
  return text;
}
