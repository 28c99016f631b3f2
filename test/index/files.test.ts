import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyTruth } from '../../index/copy-truth.js';
import { BUNDLED_MODEL } from '../../index/embedder.js';
import {
  DamagedIndexError,
  DiskFullError,
  IndexMismatchError,
  NoIndexError,
  UnusableFolderError,
} from '../../index/errors.js';
import { requireGeneration } from '../../index/generation.js';
import { beginGeneration, openLibrary, openWriter, storeOf } from '../../index/open.js';
import { packagePath } from '../../index/package-path.js';
import { id, message } from './build.js';
import { temporaryFolder } from './folder.js';
import { ask, made, tea } from './tea.js';

let folder: string;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an index on disk', () => {
  it('is missing until it is made, and says how to make it', async () => {
    await expect(openLibrary(folder)).rejects.toThrow(NoIndexError);
    await expect(openLibrary(join(folder, 'nowhere'))).rejects.toThrow(/threadlore ingest/);
  });

  it('cannot be made where a file stands', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openWriter(join(folder, 'file'))).rejects.toThrow(UnusableFolderError);
    await expect(openLibrary(join(folder, 'file'))).rejects.toThrow(Error);
  });

  it.each([
    ['schema', "UPDATE meta SET value = '99' WHERE name = 'schema'", {}],
    ['schema', 'DROP TABLE meta', {}],
    ['model', '', { embedder: { ...BUNDLED_MODEL, model: 'Xenova/all-MiniLM-L6-v2' } }],
    ['dimensions', '', { embedder: { ...BUNDLED_MODEL, dimensions: 64 } }],
  ])('of another %s is refused with what to do about it (%s)', async (what, change, options) => {
    await made(folder);
    if (change !== '') {
      const writer = await openWriter(folder);
      storeOf(writer).db.exec(change);
      writer.close();
    }
    for (const open of [openLibrary, openWriter]) {
      const error: unknown = await open(folder, options).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(IndexMismatchError);
      expect(error).toMatchObject({ what, message: expect.stringContaining('threadlore reindex') });
    }
    // A failed open leaves no lock behind.
    if (change === '') (await openWriter(folder)).close();
  });

  it('of another schema can be opened to copy what it holds', async () => {
    await made(folder);
    const writer = await openWriter(folder);
    storeOf(writer).db.exec("UPDATE meta SET value = '0' WHERE name = 'schema'");
    writer.close();
    const old = await openLibrary(folder, { anySchema: true });
    const next = await beginGeneration(folder);
    copyTruth(old, next);
    old.close();
    await next.commit();
    const library = await openLibrary(folder);
    expect(library.message(id('tea@x'))).toEqual({ ...tea, parentId: null, rootId: 'tea@x' });
    library.close();
  });

  it('that is no database is refused', async () => {
    await made(folder);
    writeFileSync(requireGeneration(folder).store, 'this is not SQLite at all, but long enough to look at'.repeat(100));
    await expect(openLibrary(folder)).rejects.toThrow(DamagedIndexError);
    await expect(openWriter(folder)).rejects.toThrow(DamagedIndexError);
  });

  it.each<[string, (graph: string) => void]>([
    ['cut', (graph) => truncateSync(graph, 100)],
    ['empty', (graph) => truncateSync(graph, 0)],
    ['gone', (graph) => rmSync(graph)],
    [
      'changed',
      (graph) =>
        writeFileSync(
          graph,
          readFileSync(graph).map((byte, at) => (at % 7 === 0 ? byte ^ 1 : byte)),
        ),
    ],
  ])('answers without its graph where that is %s, and mends it', async (_, damage) => {
    await made(folder);
    damage(requireGeneration(folder).graph);
    expect(await ask(folder, 'boiling')).toEqual(['tea@x']);
    const writer = await openWriter(folder);
    await writer.graph({ force: true });
    expect((await writer.search({ question: 'boiling', filter: {}, limit: 1 }))[0]?.ranks).toEqual({
      lexical: 1,
      vector: 1,
      rerank: 1,
    });
    writer.close();
  });

  it('keeps what was committed when the disk is full, and says so', async () => {
    await made(folder);
    const writer = await openWriter(folder);
    const { db } = storeOf(writer);
    db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 4}`);
    const long = message({ messageId: 'long@x', text: 'tea '.repeat(100_000) });
    expect(() => writer.put(long)).toThrow(DiskFullError);
    expect(writer.message(id('long@x'))).toBeNull();
    db.pragma('max_page_count = 1000000');
    writer.put(long);
    writer.close();
    expect(await ask(folder, 'boiling')).toEqual(['tea@x']);
  });
});

it('has a compiled worker to build graphs with', () => {
  expect(existsSync(packagePath('dist/index/graph-worker.js'))).toBe(true);
});
