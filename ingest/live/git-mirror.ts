import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitOf, startGit, textOf } from '../git/git.js';
import type { HttpClient } from './http.js';
import { LiveError } from './live-error.js';

/** Guards for one clone or fetch. public-inbox begins a new epoch at about 1 GB. */
const largestMirror = 32 * 2 ** 30;
const longestMs = 6 * 3_600_000;
const watchMs = 2_000;

/** Whether a repository may be fetched: over https, or over http within private networks where these are allowed. */
export async function mayFetchGit(url: URL, { guard }: HttpClient): Promise<boolean> {
  if (url.protocol === 'https:') return true;
  if (url.protocol !== 'http:' || !guard.allowPrivate) return false;
  return (await guard.addressesOf(url.hostname)).every(({ address }) =>
    /^(?:127|10)\.|^192\.168\.|^::1$|^172\.(?:1[6-9]|2\d|3[01])\.|^f[cd]/.test(address),
  );
}

/**
 * Brings the bare repository at `gitDir` up to what `url` has; a clone that breaks off leaves nothing behind. Says whether it was new.
 *
 * @throws LiveError where git cannot
 */
export async function mirror(
  url: URL,
  gitDir: string,
  http: HttpClient,
  signal: AbortSignal,
): Promise<'cloned' | 'fetched'> {
  const done = await http.queue.run(url.hostname, signal, async () => {
    const config = await configFor(url, http);
    if (existsSync(gitDir)) {
      await sweepMirror(gitDir);
      const refs = '+refs/heads/*:refs/heads/*';
      const fetch = ['fetch', '--quiet', '--prune', '--no-tags', '--', url.href, refs];
      await run([...config, `--git-dir=${gitDir}`, ...fetch], url, gitDir, signal);
      return 'fetched';
    }
    // git cannot go on with a pack that broke off.
    const part = `${gitDir}.part`;
    await rm(part, { recursive: true, force: true });
    await run([...config, 'clone', '--quiet', '--mirror', '--', url.href, part], url, part, signal);
    await rename(part, gitDir);
    return 'cloned';
  });
  // Each small fetch leaves loose objects.
  if (done === 'fetched')
    await tidy(['-c', 'gc.auto=6700', '-c', 'gc.autoDetach=false', `--git-dir=${gitDir}`, 'gc', '--auto'], signal);
  return done;
}

/** Forgets what no reference leads to any more: history is rewritten where something must not be kept. */
export function forgetUnreachable(gitDir: string, signal: AbortSignal): Promise<void> {
  return tidy([`--git-dir=${gitDir}`, 'gc', '--prune=now'], signal);
}

/** Takes away what a fetch that was killed left: packs that are no packs yet, and locks that would keep every later fetch out. Nobody else writes here. */
async function sweepMirror(gitDir: string): Promise<void> {
  const pack = join(gitDir, 'objects', 'pack');
  const left = [
    ...(await namesIn(pack)).filter((name) => name.startsWith('tmp_')).map((name) => join(pack, name)),
    ...(await namesIn(gitDir)).filter((name) => name.endsWith('.lock')).map((name) => join(gitDir, name)),
    ...(await namesIn(join(gitDir, 'refs'), true))
      .filter((name) => name.endsWith('.lock'))
      .map((name) => join(gitDir, 'refs', name)),
  ];
  for (const path of left) await rm(path, { force: true });
}

async function namesIn(folder: string, recursive = false): Promise<string[]> {
  return readdir(folder, { recursive }).catch(() => []);
}

/** Housekeeping: what it cannot do now, it does next time. */
async function tidy(args: readonly string[], signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const git = startGit([...args, '--quiet']);
  git.stdin.end();
  signal.addEventListener('abort', () => git.kill(), { once: true });
  await Promise.all([textOf(git.stdout), textOf(git.stderr), exitOf(git)]);
}

/** git resolves names by itself: it is told the address that was checked, so that the name cannot lead elsewhere a moment later. */
async function configFor(url: URL, { guard, agent }: HttpClient): Promise<string[]> {
  const addresses = await guard.addressesOf(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const pinned = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address)).join(',');
  const scheme = url.protocol.slice(0, -1);
  return [
    ...[`protocol.${scheme}.allow=always`, 'http.followRedirects=false', 'http.proxy=', `http.userAgent=${agent}`],
    ...['http.lowSpeedLimit=500', 'http.lowSpeedTime=60', 'core.askPass=', 'credential.helper=', 'gc.auto=0'],
    ...(/^[\d.]+$|^\[/.test(url.hostname) ? [] : [`http.curloptResolve=${url.hostname}:${port}:${pinned}`]),
  ].flatMap((setting) => ['-c', setting]);
}

async function run(args: readonly string[], url: URL, gitDir: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const git = startGit(args);
  git.stdin.end();
  let reason: LiveError | null = null;
  const stop = (why: LiveError | null): void => {
    reason ??= why;
    git.kill();
  };
  const began = Date.now();
  const watch = setInterval(() => {
    if (Date.now() - began > longestMs)
      stop(new LiveError('network', `${url.host}: git took longer than 6 hours for ${url.href}`));
    void packedOctets(gitDir).then((octets) => {
      if (octets > largestMirror)
        stop(
          new LiveError('too-large', `${url.href} is larger than ${largestMirror / 2 ** 30} GiB; it is not mirrored`),
        );
    });
  }, watchMs);
  const abort = (): void => stop(null);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const [, stderr, status] = await Promise.all([textOf(git.stdout), textOf(git.stderr), exitOf(git)]);
    signal.throwIfAborted();
    if (status !== 0) throw reason ?? failure(url, stderr);
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', abort);
  }
}

function failure(url: URL, stderr: string): LiveError {
  const line = stderr.split('\n').find((one) => /^(?:fatal|error):/.test(one)) ?? stderr.split('\n', 1)[0] ?? '';
  const said = line.slice(0, 300);
  if (/No space left on device/i.test(stderr))
    return new LiveError('too-large', `no space left on the disk for the mirror of ${url.href}: free some`);
  if (/returned error: (?:429|5\d\d)/.test(stderr))
    return new LiveError('busy', `${url.host} cannot serve git now (${said})`);
  if (/not found|returned error: 4\d\d/.test(stderr))
    return new LiveError('missing', `${url.href} has no git repository for this program (${said})`);
  return new LiveError('network', `git could not fetch ${url.href} (${said})`);
}

async function packedOctets(gitDir: string): Promise<number> {
  const folder = join(gitDir, 'objects', 'pack');
  const names = await namesIn(folder);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
