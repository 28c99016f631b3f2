import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { removeData, sampleArchive, sampleData, stage, type Stage } from './run.js';

/**
 * One bot for all tests of the file that calls this, on an index of `archive`. After each test: nothing was sent that Discord would refuse, and a
 * minute passes, so that nobody has to wait to ask again.
 */
export function sharedStage(archive = sampleArchive): Omit<Stage, 'close'> {
  let on: Stage;
  beforeAll(async () => {
    on = await stage(await sampleData(archive));
  });
  afterAll(async () => {
    await on.close();
    removeData(on.dataDir);
  });
  afterEach(() => {
    expect(on.discord.violations.splice(0)).toEqual([]);
    on.discord.clock.advance(60_000);
  });
  return {
    get discord() {
      return on.discord;
    },
    get running() {
      return on.running;
    },
    get dataDir() {
      return on.dataDir;
    },
    log: () => on.log(),
  };
}

/** A copy of the sample archive that tests may change; gone after all of them. */
export function archiveCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'threadlore-source-'));
  const copy = join(folder, 'archive');
  cpSync(sampleArchive, copy, { recursive: true });
  afterAll(() => removeData(folder));
  return copy;
}
