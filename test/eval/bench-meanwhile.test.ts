import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { benchMeanwhile } from '../../eval/bench-meanwhile.js';
import { currentGeneration } from '../../index/generation.js';
import { ingest } from '../../ingest/sync.js';
import { sampleArchive } from '../bot/run.js';

it('measures answers of the bot’s process while the archive is re-indexed and swapped', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'threadlore-bench-'));
  await ingest({ dataDir, paths: [sampleArchive] });
  const before = currentGeneration(dataDir)?.name;
  const { idle, meanwhile, meanwhileQuestions, reindexSeconds } = await benchMeanwhile(sampleArchive, dataDir, 5);
  expect(meanwhileQuestions).toBeGreaterThanOrEqual(5);
  for (const { median, p95 } of [idle, meanwhile]) expect(p95).toBeGreaterThanOrEqual(median);
  expect(reindexSeconds).toBeGreaterThan(0);
  expect(currentGeneration(dataDir)?.name).not.toBe(before);
  rmSync(dataDir, { recursive: true, force: true });
});
