import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readQuestions, type Question } from '../../eval/questions.js';
import { smallArchives } from '../../eval/train/small-archives.js';
import type { Library } from '../../index/library.js';
import { openLibrary } from '../../index/open.js';
import { bundledRanker } from '../../index/rerank/model.js';
import { messageIdOf } from '../../mail/message-id.js';
import { ingest } from '../../ingest/sync.js';

const samples = fileURLToPath(new URL('../samples', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'threadlore-cut-'));
let library: Library;
let questions: Question[];

beforeAll(async () => {
  vi.stubEnv('TMPDIR', folder);
  const dataDir = join(folder, 'data');
  await ingest({ dataDir, paths: [join(samples, 'archive')] });
  library = await openLibrary(dataDir);
  questions = await readQuestions(join(samples, 'questions.jsonl'));
});

afterAll(() => {
  vi.unstubAllEnvs();
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The messages of the first two small archives, and how many questions each answers. */
async function firstTwo(): Promise<{ readonly messages: string[]; readonly answered: number }[]> {
  const cuts = [];
  for await (const { library: small } of smallArchives(library, questions, bundledRanker())) {
    const messages = [...small.everyMessage()].map(({ messageId }) => messageId);
    const answered = questions.filter(({ gold }) =>
      gold.some((id) => {
        const known = messageIdOf(id);
        return known !== null && small.message(known) !== null;
      }),
    ).length;
    cuts.push({ messages: messages.sort(), answered });
    if (cuts.length === 2) break;
  }
  return cuts;
}

it('holds whole threads, and answers to some of the questions', async () => {
  const cuts = await firstTwo();
  for (const { messages, answered } of cuts) {
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.length).toBeLessThanOrEqual(20);
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(questions.length);
    const held = new Set(messages);
    const roots = new Set(
      [...library.everyMessage()].filter((one) => held.has(one.messageId)).map((one) => one.rootId),
    );
    const whole = [...library.everyMessage()].filter(({ rootId }) => roots.has(rootId)).map((one) => one.messageId);
    expect(messages).toEqual(whole.sort());
  }
  expect(cuts[0]?.messages).not.toEqual(cuts[1]?.messages);
  expect(await firstTwo()).toEqual(cuts);
  expect(readdirSync(folder)).toEqual(['data']);
});
