import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../index/generation.js';
import { reindex } from '../../ingest/reindex.js';
import { ingest } from '../../ingest/sync.js';
import { contentOf, conversation, folders, passagesOf } from './archives.js';

const { make, clean } = folders();
afterAll(clean);

async function library(): Promise<string> {
  const [dataDir, archive] = [make(), join(make(), 'pumps.mbox')];
  writeFileSync(archive, conversation(80));
  await ingest({ dataDir, paths: [archive] });
  return dataDir;
}

describe('rebuilding the index', () => {
  it('makes the same library anew from its messages, and swaps', async () => {
    const dataDir = await library();
    const before = { content: await contentOf(dataDir), passages: await passagesOf(dataDir) };
    const old = currentGeneration(dataDir)?.name;
    const report = await reindex({ dataDir });
    expect(report).toMatchObject({
      read: before.content.length,
      added: 0,
      skipped: {},
      passages: before.passages.length,
    });
    expect(currentGeneration(dataDir)?.name).not.toBe(old);
    expect(await contentOf(dataDir)).toEqual(before.content);
    expect(await passagesOf(dataDir)).toEqual(before.passages);
  });

  it('still knows how far each source was read', async () => {
    const [dataDir, archive] = [make(), join(make(), 'pumps.mbox')];
    writeFileSync(archive, conversation(16));
    await ingest({ dataDir, paths: [archive] });
    await reindex({ dataDir });
    expect(await ingest({ dataDir, paths: [archive] })).toMatchObject({ read: 0, added: 0 });
  });

  it.each(['copying', 'weaving', 'graphing'] as const)(
    'leaves the old index serving when it is stopped while %s',
    async (stage) => {
      const dataDir = await library();
      const before = await contentOf(dataDir);
      const old = currentGeneration(dataDir)?.name;
      const stopping = new AbortController();
      const stopped = reindex({
        dataDir,
        signal: stopping.signal,
        onProgress: (progress) => progress.stage === stage && stopping.abort(),
      });
      await expect(stopped).rejects.toThrow();
      expect(currentGeneration(dataDir)?.name).toBe(old);
      expect(await contentOf(dataDir)).toEqual(before);
      expect(await reindex({ dataDir })).toMatchObject({ read: before.length });
    },
  );

  it('is an error that says what to do where there is no index', async () => {
    await expect(reindex({ dataDir: make() })).rejects.toThrow(/threadlore ingest/);
  });
});
