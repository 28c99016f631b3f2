import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { LibraryWriter } from '../index/library.js';
import { ArchiveReadError, openArchiveFile } from './archive-file.js';
import type { Intake } from './intake.js';
import type { Tally } from './report.js';
import type { Archive } from './walk.js';
import { Waymarks } from './waymarks.js';

export interface Reading {
  readonly writer: LibraryWriter;
  readonly intake: Intake;
  readonly tally: Tally;
  /** Reads what was read before too. */
  readonly full: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Reads one archive, unless it is unchanged. What cannot be read is counted, with what could be read before; it is tried again next time. */
export async function readArchive(archive: Archive, reading: Reading): Promise<void> {
  try {
    if (archive.kind === 'file') await readFile(archive, reading);
    else await readStore(archive, reading);
  } catch (error) {
    if (!(error instanceof ArchiveReadError)) throw error;
    reading.tally.skip(error.reason);
    reading.tally.errors.set(archive.source, error.message);
  }
}

/** A file counts as unchanged while its size, its time and its head are, and it is read for the same list. */
async function readFile(archive: Archive & { kind: 'file' }, reading: Reading): Promise<void> {
  const { path, source, list } = archive;
  const mark = `${await fingerprint(path)} ${list ?? ''}`;
  if (!reading.full && reading.writer.mark(source, path) === mark) return;
  const file = await openArchiveFile(path, { source, list });
  const reader = archive.reader(file.head, path);
  if (reader === null) {
    reading.tally.skip('not-mail');
    return;
  }
  for await (const item of reader.read(file)) {
    reading.signal?.throwIfAborted();
    await reading.intake.take({ source, item });
  }
  await reading.intake.take({ source, item: { kind: 'done', part: path, mark } });
}

async function readStore({ path, source, list, reader }: Archive & { kind: 'store' }, reading: Reading): Promise<void> {
  const since = reading.full ? null : markFor(list, reading.writer.mark(source, path));
  // A bundle is a file: as long as that is the same, there is no need to unpack it.
  const octets = await fingerprint(path);
  if (since !== null && octets !== '' && reading.writer.mark(source, `${path}#octets`) === octets) return;
  const way = new Waymarks(reader.format, since);
  for await (const item of reader.read({ path, source, list, since })) {
    reading.signal?.throwIfAborted();
    const passed = way.before(item);
    if (passed !== null) {
      await reading.intake.take({ source, item: { kind: 'passed', part: path, mark: storedMark(list, passed) } });
    }
    const delivered =
      item.kind === 'mark' ? { kind: 'done' as const, part: path, mark: storedMark(list, item.value) } : item;
    await reading.intake.take({ source, item: delivered });
  }
  if (octets !== '') {
    await reading.intake.take({ source, item: { kind: 'passed', part: `${path}#octets`, mark: octets } });
  }
}

function storedMark(list: string | null, mark: string): string {
  return `${mark}\n${list ?? ''}`;
}

/** A store's mark, where it was read for the same list. */
function markFor(list: string | null, stored: string | null): string | null {
  const [mark = '', known = ''] = (stored ?? '').split('\n');
  return stored !== null && known === (list ?? '') ? mark : null;
}

const HEAD = 64 * 1024;

/** Size, time and a hash of the beginning. Empty for folders, and where the file cannot be read: opening it will say why. */
async function fingerprint(path: string): Promise<string> {
  try {
    // To open a pipe would wait for somebody who writes to it.
    if (!(await stat(path)).isFile()) return '';
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      const head = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex').slice(0, 32);
      return `${size} ${mtimeMs} ${head}`;
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
