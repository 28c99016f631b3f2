import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultUnpackLimits, openArchiveFile } from '../../ingest/archive-file.js';
import { temporaryFolder } from './git-store.js';
import { collect } from './memory-file.js';

let folder = '';
beforeAll(() => (folder = temporaryFolder()));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const open = (path: string, limits = defaultUnpackLimits) =>
  openArchiveFile(path, { source: path, list: null, limits });
const textOf = async (path: string) => Buffer.concat(await collect((await open(path)).octets())).toString();

/** Text that hardly compresses, the same at each run. */
function noise(length: number): string {
  let state = 7;
  return Array.from({ length }, () => String.fromCharCode(33 + ((state = (state * 48271) % 2147483647) % 90))).join('');
}

describe('an archive file', () => {
  it('is read as it is, or unpacked where its octets say gzip, whatever its name', async () => {
    expect(await textOf(put('plain.gz', 'plain text'))).toBe('plain text');
    expect(await textOf(put('packed.txt', gzipSync('packed text')))).toBe('packed text');
  });

  it('is unpacked whole where it has several gzip members', async () => {
    expect(await textOf(put('members', Buffer.concat([gzipSync('one '), gzipSync('two')])))).toBe('one two');
  });

  it('shows its first 64 KiB and can be read more than once', async () => {
    const file = await open(put('long', gzipSync('x'.repeat(100_000))));
    expect(file.head.length).toBe(65_536);
    for (let time = 0; time < 2; time++) expect(Buffer.concat(await collect(file.octets())).length).toBe(100_000);
  });

  it('gives what is there of truncated gzip, then says that it is truncated', async () => {
    const packed = gzipSync(noise(3_000_000));
    const file = await open(put('truncated', packed.subarray(0, packed.length - 1000)));
    let length = 0;
    const reading = (async () => {
      for await (const chunk of file.octets()) length += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ name: 'ArchiveReadError', reason: 'truncated' });
    expect(length).toBeGreaterThan(1_000_000);
  });

  it.each([
    ['cut in its header', gzipSync('x').subarray(0, 9), 'truncated'],
    ['damaged', Buffer.concat([gzipSync('x').subarray(0, 10), Buffer.alloc(50, 0xff)]), 'malformed'],
    ['empty', Buffer.alloc(0), 'empty'],
  ])('is refused where it is %s', async (name, content, reason) => {
    await expect(open(put(`bad-${name}`, content))).rejects.toMatchObject({ reason });
  });

  it('stops at a gzip bomb, by ratio or by size', async () => {
    const bomb = put('bomb', gzipSync(Buffer.alloc(80 << 20)));
    await expect(collect((await open(bomb)).octets())).rejects.toMatchObject({ reason: 'compression-bomb' });
    const patient = { maxRatio: 5000, maxOctets: 1 << 20 };
    await expect(collect((await open(bomb, patient)).octets())).rejects.toMatchObject({ reason: 'compression-bomb' });
    expect((await collect((await open(bomb, { ...patient, maxOctets: 1 << 30 })).octets())).length).toBeGreaterThan(0);
  });

  it('is refused where it is a folder or absent', async () => {
    mkdirSync(join(folder, 'folder'));
    for (const name of ['folder', 'absent'])
      await expect(open(join(folder, name))).rejects.toMatchObject({ reason: 'unreadable' });
  });

  // Whoever runs this as root may read everything.
  it.skipIf(process.getuid?.() === 0)('is refused where it may not be read', async () => {
    const path = put('locked', 'x');
    chmodSync(path, 0);
    await expect(open(path)).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
