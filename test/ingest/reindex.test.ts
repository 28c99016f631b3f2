import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../index/generation.js';
import { openLibrary } from '../../index/open.js';
import { reindex } from '../../ingest/reindex.js';
import { ingest } from '../../ingest/sync.js';
import { contentOf, conversation, folders, mail, mbox, passagesOf } from './archives.js';

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

  it('lets who has the old index open finish a question with it', async () => {
    const dataDir = await library();
    const old = await openLibrary(dataDir);
    const search = (): Promise<unknown> => old.search({ question: 'Which pump runs dry?', filter: {}, limit: 5 });
    const before = { hits: await search(), messages: old.stats().messages };
    await reindex({ dataDir });
    expect({ hits: await search(), messages: old.stats().messages }).toEqual(before);
    old.close();
  });

  it('is an error that says what to do where there is no index', async () => {
    await expect(reindex({ dataDir: make() })).rejects.toThrow(/threadlore ingest/);
  });
});

describe('an ingest beside the present index', () => {
  const late = mail({ id: 'late@example.org', subject: 'Gaskets', text: 'Gaskets of cork swell and seal again.' });

  /** A library of which a mail more is in its archive by now. */
  async function behind(): Promise<{ dataDir: string; archive: string }> {
    const [dataDir, archive] = [make(), join(make(), 'pumps.mbox')];
    writeFileSync(archive, conversation(80));
    await ingest({ dataDir, paths: [archive] });
    writeFileSync(archive, conversation(80) + mbox(late));
    return { dataDir, archive };
  }

  it.each(['copy', 'anew'] as const)('into a %s makes what an ingest in place makes', async (into) => {
    const { dataDir, archive } = await behind();
    const old = currentGeneration(dataDir)?.name;
    const report = await ingest({ dataDir, paths: [archive], into, full: into === 'anew' });
    expect(report.added).toBe(1);
    expect(currentGeneration(dataDir)?.name).not.toBe(old);
    const inPlace = make();
    await ingest({ dataDir: inPlace, paths: [archive] });
    expect(await contentOf(dataDir)).toEqual(await contentOf(inPlace));
    expect(await passagesOf(dataDir)).toEqual(await passagesOf(inPlace));
    expect(await ingest({ dataDir, paths: [archive] })).toMatchObject({ read: 0, added: 0 });
  });

  it('keeps the vector graph of what it copies', async () => {
    const { dataDir, archive } = await behind();
    await reindex({ dataDir });
    const graphed = async (): Promise<number> => {
      const library = await openLibrary(dataDir);
      const count = library.stats().graphed;
      library.close();
      return count;
    };
    const before = await graphed();
    expect(before).toBeGreaterThan(0);
    await ingest({ dataDir, paths: [archive], into: 'copy' });
    expect(await graphed()).toBe(before);
  });

  const ways = ['copy', 'anew'] as const;
  const stages = ['copying', 'reading', 'weaving'] as const;
  it.each(ways.flatMap((into) => stages.map((stage) => [into, stage] as const)))(
    'into a %s leaves the old one, byte for byte, where it fails or is stopped while %s',
    async (into, stage) => {
      const { dataDir, archive } = await behind();
      const name = currentGeneration(dataDir)?.name;
      const octets = (): Buffer => readFileSync(currentGeneration(dataDir)?.store ?? '');
      const before = octets();
      const order = { dataDir, paths: [archive], into, full: into === 'anew' };
      const stopping = new AbortController();
      const stopped = ingest({
        ...order,
        signal: stopping.signal,
        onProgress: (progress) => progress.stage === stage && stopping.abort(),
      });
      await expect(stopped).rejects.toThrow('aborted');
      const failed = ingest({
        ...order,
        onProgress(progress) {
          if (progress.stage === stage) throw new Error('the disk is on fire');
        },
      });
      await expect(failed).rejects.toThrow('the disk is on fire');
      expect(currentGeneration(dataDir)?.name).toBe(name);
      expect(octets().equals(before)).toBe(true);
      expect(readdirSync(join(dataDir, 'generations'))).toEqual([name]);
      expect(await ingest(order)).toMatchObject({ added: 1 });
    },
  );

  it('is refused where there is no index', async () => {
    const { archive } = await behind();
    await expect(ingest({ dataDir: make(), paths: [archive], into: 'copy' })).rejects.toThrow(/threadlore ingest/);
  });
});

describe('what a source was ingested as', () => {
  it('is remembered, and outlives a rebuild', async () => {
    const [dataDir, folder] = [make(), make()];
    writeFileSync(join(folder, 'a.mbox'), conversation(16));
    writeFileSync(join(folder, 'b.txt'), conversation(16).replaceAll('example.org', 'example.net'));
    await ingest({ dataDir, paths: [join(folder, 'a.mbox')] });
    await ingest({ dataDir, paths: [join(folder, 'b.txt')], list: 'pumps', format: 'mbox' });
    await reindex({ dataDir });
    const library = await openLibrary(dataDir);
    const { sources } = library.stats();
    library.close();
    expect(sources).toMatchObject([
      { source: join(folder, 'a.mbox'), list: null, format: null },
      { source: join(folder, 'b.txt'), list: 'pumps', format: 'mbox' },
    ]);
  });
});
