import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireGeneration } from '../../index/generation.js';
import { openLibrary, openWriter } from '../../index/open.js';
import { reindex } from '../../ingest/reindex.js';
import { id, message } from './build.js';

const state = {
  source: 'https://a.example.org/',
  state: 'accepted',
  since: 5,
  permalink: 'https://a.example.org/p/1/',
};
let dataDir: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'threadlore-states-'));
  const writer = await openWriter(dataDir);
  writer.put(message({ messageId: 'root@x', text: 'The copper kettle whistles.\n' }));
  writer.close();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('an index from before patch states', () => {
  it('has none, and takes them as soon as somebody writes, also for readers that are open', async () => {
    const db = new Database(requireGeneration(dataDir).store);
    db.exec('DROP TABLE patch_state');
    db.close();
    const reader = await openLibrary(dataDir);
    expect(reader.patchStates(id('root@x'))).toEqual([]);
    const writer = await openWriter(dataDir);
    writer.putPatchState(id('root@x'), state);
    writer.close();
    expect(reader.patchStates(id('root@x'))).toEqual([state]);
    reader.close();
  });
});

describe('patch states', () => {
  it('are taken over when the index is made anew', async () => {
    const writer = await openWriter(dataDir);
    writer.putPatchState(id('root@x'), state);
    writer.putPatchState(id('never-seen@x'), { ...state, state: 'rejected' });
    writer.close();
    await reindex({ dataDir });
    const reader = await openLibrary(dataDir);
    expect(reader.patchStates(id('root@x'))).toEqual([state]);
    expect(reader.patchStates(id('never-seen@x'))).toEqual([{ ...state, state: 'rejected' }]);
    reader.close();
  });
});
