import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyTruth } from '../../index/copy-truth.js';
import { BUNDLED_MODEL } from '../../index/embedder.js';
import {
  DamagedIndexError,
  DiskFullError,
  IndexBusyError,
  IndexMismatchError,
  NoIndexError,
  UnusableFolderError,
} from '../../index/errors.js';
import { requireGeneration } from '../../index/generation.js';
import { beginGeneration, openLibrary, openWriter, storeOf } from '../../index/open.js';
import { packagePath } from '../../index/package-path.js';
import { watchLibrary } from '../../index/watch.js';
import { chain, id, message, vectorsFor } from './build.js';
import { temporaryFolder } from './folder.js';

const COMPILED = packagePath('dist/index/open.js');
let folder: string;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tea = message({ messageId: 'tea@x', text: 'Black tea wants boiling water.\n' });
const cup = message({ messageId: 'cup@x', text: 'A cold cup cools it.\n' });

async function made(): Promise<void> {
  const writer = await openWriter(folder);
  writer.put(tea);
  writer.weave([chain([tea])], vectorsFor([chain([tea])]));
  await writer.graph({ force: true });
  writer.close();
}

async function ask(question: string): Promise<string[]> {
  const library = await openLibrary(folder);
  const hits = await library.search({ question, filter: {}, limit: 5 });
  library.close();
  return hits.map(({ passage }) => passage.messageId);
}

/** Another process that opens the index for writing and runs `work` with it as `writer`. Gives it once it has printed a line. */
async function otherWriter(work: string): Promise<ReturnType<typeof spawn>> {
  const script = `import { openWriter } from ${JSON.stringify(`file://${COMPILED}`)};
    const writer = await openWriter(${JSON.stringify(folder)});
    ${work}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

async function killed(child: ReturnType<typeof spawn>): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

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
    await made();
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
    await made();
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
    await made();
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
    await made();
    damage(requireGeneration(folder).graph);
    expect(await ask('boiling')).toEqual(['tea@x']);
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
    await made();
    const writer = await openWriter(folder);
    const { db } = storeOf(writer);
    db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 4}`);
    const long = message({ messageId: 'long@x', text: 'tea '.repeat(100_000) });
    expect(() => writer.put(long)).toThrow(DiskFullError);
    expect(writer.message(id('long@x'))).toBeNull();
    db.pragma('max_page_count = 1000000');
    writer.put(long);
    writer.close();
    expect(await ask('boiling')).toEqual(['tea@x']);
  });
});

describe('writers', () => {
  it('exclude each other, within a process too', async () => {
    const first = await openWriter(folder);
    const error: unknown = await openWriter(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IndexBusyError);
    expect(error).toMatchObject({ pid: process.pid });
    first.close();
    first.close();
    (await openWriter(folder)).close();
  });

  it('wait for each other where they are told to', async () => {
    const first = await openWriter(folder);
    let told: number | null = null;
    const second = openWriter(folder, { wait: true, onWaiting: (pid) => (told = pid) });
    setTimeout(() => first.close(), 50);
    (await second).close();
    expect(told).toBe(process.pid);
  });

  it('that are killed lock nobody out and leave a whole index', async () => {
    await made();
    const child = await otherWriter(`
      writer.transaction(() => {
        writer.drop('tea@x');
        console.log('in the middle');
        for (;;);
      });`);
    const error: unknown = await openWriter(folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'IndexBusyError', pid: child.pid });
    await killed(child);
    const writer = await openWriter(folder);
    expect(storeOf(writer).db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(writer.message(id('tea@x'))).not.toBeNull();
    writer.close();
    expect(await ask('boiling')).toEqual(['tea@x']);
  });

  it('finish what a killed one put but did not weave', async () => {
    await made();
    const child = await otherWriter(`
      writer.put({ ...${JSON.stringify(cup)} });
      console.log('put');
      setInterval(() => {}, 1000);`);
    await killed(child);
    const writer = await openWriter(folder);
    expect([...writer.unwoven()]).toEqual(['cup@x']);
    writer.close();
  });
});

describe('a rebuild', () => {
  it('keeps the truth, and readers see it once it is committed', async () => {
    await made();
    const writer = await openWriter(folder);
    writer.setMark('/archives/tea.mbox', '', '42');
    writer.noteSync('/archives/tea.mbox', 7, null);
    writer.putSightings([{ messageId: id('seen@x'), parentId: null, from: tea.from, date: null, subject: 'Seen' }]);
    writer.close();

    const watched = watchLibrary(folder);
    const before = await watched.current();
    const next = await beginGeneration(folder);
    copyTruth(before, next);
    expect([...next.unwoven()].sort()).toEqual(['seen@x', 'tea@x']);
    expect(next.mark('/archives/tea.mbox', '')).toBe('42');
    expect(next.stats().sources).toEqual(before.stats().sources);
    next.weave([chain([tea])], vectorsFor([chain([tea])]));
    expect(await watched.current()).toBe(before);
    await next.commit();

    const after = await watched.current();
    expect(after).not.toBe(before);
    expect(before.message(id('tea@x'))).toEqual(after.message(id('tea@x')));
    expect(await before.search({ question: 'boiling', filter: {}, limit: 1 })).toHaveLength(1);
    expect(readdirSync(join(folder, 'generations'))).toEqual(['2']);
    watched.close();
  });

  it('that is abandoned or killed changes nothing, and the next writer clears it away', async () => {
    await made();
    (await beginGeneration(folder)).abandon();
    expect(readdirSync(join(folder, 'generations'))).toEqual(['1']);
    mkdirSync(join(folder, 'generations', '7'));
    writeFileSync(join(folder, 'generations', '7', 'library.sqlite'), 'half');
    (await openWriter(folder)).close();
    expect(readdirSync(join(folder, 'generations'))).toEqual(['1']);
    expect(await ask('boiling')).toEqual(['tea@x']);
  });

  it('can change the model', async () => {
    await made();
    const old = await openLibrary(folder);
    const embedder = { ...BUNDLED_MODEL, dimensions: 64 };
    const next = await beginGeneration(folder, { embedder });
    copyTruth(old, next);
    old.close();
    next.weave(
      [chain([tea])],
      vectorsFor([chain([tea])]).map((vector) => vector.slice(0, 64)),
    );
    await next.commit();
    const library = await openLibrary(folder, { embedder });
    expect(library.stats().model).toEqual({ id: BUNDLED_MODEL.model, dimensions: 64 });
    expect(await library.search({ question: 'boiling', filter: {}, limit: 1 })).toHaveLength(1);
    library.close();
  });
});

describe('an open reader', () => {
  it('sees what a writer commits later', async () => {
    await made();
    const reader = await openLibrary(folder);
    expect(await reader.search({ question: 'cold cup', filter: {}, limit: 5 })).toHaveLength(1);
    expect(reader.stats().messages).toBe(1);
    const writer = await openWriter(folder);
    writer.put(cup);
    expect(reader.stats().messages).toBe(2);
    writer.weave([chain([cup])], vectorsFor([chain([cup])]));
    const hits = await reader.search({ question: 'cold cup', filter: {}, limit: 5 });
    expect(hits[0]).toMatchObject({
      passage: { messageId: 'cup@x' },
      ranks: { lexical: 1, vector: expect.any(Number) },
    });
    await writer.graph({ force: true });
    expect(await reader.search({ question: 'cold cup', filter: {}, limit: 5 })).toHaveLength(2);
    writer.close();
    reader.close();
  });

  it('waits in a watched folder for the first index', async () => {
    const watched = watchLibrary(folder);
    await expect(watched.current()).rejects.toThrow(NoIndexError);
    await made();
    expect((await watched.current()).stats().messages).toBe(1);
    watched.close();
  });
});

it('has a compiled worker to build graphs with', () => {
  expect(existsSync(packagePath('dist/index/graph-worker.js'))).toBe(true);
});
