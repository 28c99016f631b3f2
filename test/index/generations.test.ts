import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyTruth } from '../../index/copy-truth.js';
import { BUNDLED_MODEL } from '../../index/embedder.js';
import { NoIndexError } from '../../index/errors.js';
import { beginGeneration, openLibrary, openWriter } from '../../index/open.js';
import { watchLibrary } from '../../index/watch.js';
import { chain, id, vectorsFor } from './build.js';
import { temporaryFolder } from './folder.js';
import { ask, cup, made, tea } from './tea.js';

let folder: string;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a rebuild', () => {
  it('keeps the truth, and readers see it once it is committed', async () => {
    await made(folder);
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
    await made(folder);
    (await beginGeneration(folder)).abandon();
    expect(readdirSync(join(folder, 'generations'))).toEqual(['1']);
    mkdirSync(join(folder, 'generations', '7'));
    writeFileSync(join(folder, 'generations', '7', 'library.sqlite'), 'half');
    (await openWriter(folder)).close();
    expect(readdirSync(join(folder, 'generations'))).toEqual(['1']);
    expect(await ask(folder, 'boiling')).toEqual(['tea@x']);
  });

  it('can change the model', async () => {
    await made(folder);
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
    await made(folder);
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
    await made(folder);
    expect((await watched.current()).stats().messages).toBe(1);
    watched.close();
  });
});
