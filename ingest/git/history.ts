import { createInterface } from 'node:readline';
import { ArchiveReadError } from '../archive-file.js';
import { OctetQueue } from '../octet-queue.js';
import type { GitProcess } from './git.js';
import { exitOf, startGit, textOf } from './git.js';

/** One mail that a commit added or removed. */
export interface MailChange {
  readonly kind: 'added' | 'deleted';
  readonly commit: string;
  /** The mail's git object. */
  readonly blob: string;
  /** Null where the object is missing or larger than allowed. */
  readonly octets: Buffer | null;
  /** The object's size in octets; null where it is missing. */
  readonly size: number | null;
}

type Entry = Pick<MailChange, 'kind' | 'commit' | 'blob'>;

/**
 * The mails of a public-inbox history, oldest commit first. One `git log` feeds one `git cat-file --batch`, so that
 * both run at once and neither waits for an answer before the next question.
 *
 * @param range what `git log` takes, e.g. a commit or `since..head` (object names, checked by the caller)
 * @throws ArchiveReadError where git fails
 */
export async function* mailChanges(gitDir: string, range: string, maxOctets: number): AsyncGenerator<MailChange> {
  const at = `--git-dir=${gitDir}`;
  const log = startGit([
    ...[at, 'log', '--reverse', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
    ...['--format=commit %H', range, '--'],
  ]);
  const cat = startGit([at, 'cat-file', '--batch', '--buffer']);
  const ends = [ended(log, gitDir), ended(cat, gitDir)];
  for (const end of ends) end.catch(() => undefined);
  try {
    const asked: Entry[] = [];
    const asking = ask(log, cat, asked);
    asking.catch(() => undefined);
    const answers = new OctetQueue(cat.stdout as AsyncIterable<Buffer>);
    // The first answer cannot come before its question was noted in `asked`.
    for (let answer = await answers.line(); answer !== null; answer = await answers.line()) {
      const entry = asked.shift();
      if (entry === undefined) break;
      yield { ...entry, ...(await contentOf(answer, answers, maxOctets)) };
    }
    await Promise.all(ends);
  } finally {
    log.kill();
    cat.kill();
  }
}

/** Reads commits from `log`, notes each mail in `asked` and asks `cat` for it. */
async function ask(log: GitProcess, cat: GitProcess, asked: Entry[]): Promise<void> {
  cat.stdin.on('error', () => log.kill());
  log.stdin.end();
  let commit = '';
  for await (const line of createInterface({ input: log.stdout, crlfDelay: Infinity })) {
    if (line.startsWith('commit ')) commit = line.slice('commit '.length);
    const change = changeOf(line);
    if (change === null) continue;
    asked.push({ ...change, commit });
    if (!cat.stdin.write(`${change.blob}\n`)) await new Promise((resolve) => cat.stdin.once('drain', resolve));
  }
  cat.stdin.end();
}

/**
 * What a line of `git log --raw` says of a mail. public-inbox v2 keeps one mail in `m`, or a removed one in `d`;
 * v1 keeps every mail in a file named by its Message-ID's SHA-1 (`ab/cdef…`).
 */
function changeOf(line: string): Pick<MailChange, 'kind' | 'blob'> | null {
  const match = /^:\d{6} \d{6} ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([AMDT])\t(.+)$/.exec(line);
  if (match === null) return null;
  const [, before = '', after = '', status, path = ''] = match;
  if (path === 'm') return status === 'D' ? null : { kind: 'added', blob: after };
  if (path === 'd') return status === 'D' ? null : { kind: 'deleted', blob: after };
  if (!/^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(path)) return null;
  return status === 'D' ? { kind: 'deleted', blob: before } : { kind: 'added', blob: after };
}

async function contentOf(
  answer: string,
  answers: OctetQueue,
  maxOctets: number,
): Promise<Pick<MailChange, 'octets' | 'size'>> {
  const [, type, sizeText] = answer.split(' ');
  const size = Number(sizeText);
  if (sizeText === undefined || !Number.isSafeInteger(size)) return { octets: null, size: null };
  const fits = type === 'blob' && size <= maxOctets;
  const octets = fits ? await answers.take(size) : null;
  await answers.skip(fits ? 1 : size + 1);
  return { octets, size };
}

async function ended(git: GitProcess, gitDir: string): Promise<void> {
  const [status, stderr] = await Promise.all([exitOf(git), textOf(git.stderr)]);
  if (status !== 0)
    throw new ArchiveReadError(
      'unreadable',
      gitDir,
      `git failed (${stderr.split('\n', 1)[0] || `status ${String(status)}`})`,
    );
}
