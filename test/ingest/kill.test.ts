import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../index/generation.js';
import { ingest } from '../../ingest/sync.js';
import { contentOf, conversation, folders, passagesOf } from './archives.js';

const { make, clean } = folders();
afterAll(clean);

/** Runs an ingest in a process of its own and kills that after `delay` ms. True where it was killed, false where it was done before. */
function killed(dataDir: string, path: string, delay: number): Promise<boolean> {
  const sync = new URL('../../dist/ingest/sync.js', import.meta.url).href;
  const program = `import(${JSON.stringify(sync)}).then(({ ingest }) => ingest({ dataDir: ${JSON.stringify(dataDir)}, paths: [${JSON.stringify(path)}] }))`;
  const child = spawn(process.execPath, ['-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    child.once('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

/** What SQLite itself says of the store; null where the kill came before there was one. */
function integrity(dataDir: string): unknown {
  const generation = currentGeneration(dataDir);
  if (generation === null || !readdirSync(generation.folder).includes('library.sqlite')) return null;
  const db = new Database(generation.store, { readonly: true });
  try {
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}

describe('an ingest that is killed', () => {
  it('leaves a whole index at any moment, and the next one completes it', async () => {
    const archive = join(make(), 'pumps.mbox');
    writeFileSync(archive, conversation(1200));
    const [dataDir, whole] = [make(), make()];
    await ingest({ dataDir: whole, paths: [archive] });

    // A delay that grows goes through start, reading, weaving and graph; what was done stays done, so the last ones end by themselves.
    let kills = 0;
    for (let delay = 250; delay < 15_000; delay = Math.round(delay * 1.5)) {
      if (!(await killed(dataDir, archive, delay))) break;
      kills++;
      const verdict = integrity(dataDir);
      if (verdict === null) continue;
      expect(verdict).toBe('ok');
      await passagesOf(dataDir);
    }
    expect(kills).toBeGreaterThan(0);

    await ingest({ dataDir, paths: [archive] });
    expect(integrity(dataDir)).toBe('ok');
    expect(await contentOf(dataDir)).toEqual(await contentOf(whole));
    expect(await passagesOf(dataDir)).toEqual(await passagesOf(whole));
    expect(await ingest({ dataDir, paths: [archive] })).toMatchObject({ read: 0, added: 0, updated: 0 });
  }, 240_000);
});

/** A file system of `size` in memory, or null where this user may not mount one. */
function smallDisk(size: string): { readonly folder: string; readonly grow: (size: string) => void } | null {
  const folder = make();
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;
  if (!mount(`size=${size}`)) {
    console.warn('skipped: only root may mount the small disk that is to be filled');
    return null;
  }
  mounted.push(folder);
  return { folder, grow: (larger) => void mount(`remount,size=${larger}`) };
}

const mounted: string[] = [];
afterAll(() => {
  for (const folder of mounted) spawnSync('umount', [folder], { stdio: 'ignore' });
});

describe('a disk that is full', () => {
  it('ends the ingest with an error that says so, and the next one completes it', async ({ skip }) => {
    const disk = smallDisk('1500k');
    if (disk === null) return skip();
    const archive = join(make(), 'pumps.mbox');
    writeFileSync(archive, conversation(1200));
    const dataDir = join(disk.folder, 'data');
    await expect(ingest({ dataDir, paths: [archive] })).rejects.toThrow(/no space left/);
    disk.grow('64m');
    expect(integrity(dataDir)).toBe('ok');
    await ingest({ dataDir, paths: [archive] });
    const whole = make();
    await ingest({ dataDir: whole, paths: [archive] });
    expect(await contentOf(dataDir)).toEqual(await contentOf(whole));
    expect(await passagesOf(dataDir)).toEqual(await passagesOf(whole));
  }, 120_000);
});
