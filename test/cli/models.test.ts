import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossEncoderModel, embeddingModel, writeModel } from '../index/tiny-models.js';
import { notBuilt, threadlore } from './run.js';

const samples = fileURLToPath(new URL('../samples', import.meta.url));

describe.skipIf(notBuilt !== null)('threadlore with models of the user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threadlore-models-'));
  const data = join(folder, 'data');
  const questions = join(samples, 'questions.jsonl');
  const env = {
    EMBEDDING_MODEL: 'tiny/words',
    EMBEDDING_PATH: writeModel(
      join(folder, 'words'),
      embeddingModel({ clock: [1, 0, 0, 0], journal: [0, 1, 0, 0], copper: [0, 0, 1, 0], the: [0, 0, 0, 1] }),
    ),
    RERANK_MODEL: 'tiny/judge',
    RERANK_PATH: writeModel(join(folder, 'judge'), crossEncoderModel({ journal: 2, clock: 2, copper: 1 })),
  };

  beforeAll(async () => {
    const ended = await threadlore(['ingest', join(samples, 'archive'), '--data', data, '--json'], env);
    expect(ended).toMatchObject({ status: 0, log: '' });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says which models are in use', async () => {
    const { out } = await threadlore(['status', '--data', data, '--json'], env);
    expect(JSON.parse(out)).toMatchObject({
      model: { id: 'tiny/words', dimensions: 4 },
      rerankers: ['learnt', 'tiny/judge'],
    });
    expect((await threadlore(['status', '--data', data], env)).out).toMatch(/re-ranker +learnt, then tiny\/judge/);
    const doctor = await threadlore(['doctor', '--data', data], env);
    expect(doctor.out).toMatch(/ok +embedding model: tiny\/words \(EMBEDDING_MODEL\) loads, 4 dimensions/);
    expect(doctor.out).toMatch(/ok +re-ranker: learnt, then tiny\/judge \(RERANK_MODEL\), which loads/);
    expect(doctor.status).toBe(0);
  });

  it('answers with them', async () => {
    const { status, out } = await threadlore(['ask', 'Why is the journal not synced?', '--data', data, '--json'], env);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ searched: { messages: 30 } });
  });

  it('says what to do about a re-ranker that is not there', async () => {
    const broken = { ...env, RERANK_PATH: join(folder, 'nowhere') };
    const asked = await threadlore(['ask', 'Why is the journal not synced?', '--data', data], broken);
    expect(asked).toMatchObject({ status: 1, out: '' });
    expect(asked.log).toMatch(
      /cannot load the re-ranking model tiny\/judge from .*nowhere: .*leaving its setting empty/,
    );
    const doctor = await threadlore(['doctor', '--data', data], broken);
    expect(doctor.status).toBe(1);
    expect(doctor.out).toMatch(/missing re-ranker: .*nowhere[^]*correct RERANK_MODEL, or leave it empty/);
  });

  it('measures what each part is worth, the cross-encoder too, and keeps the figures', async () => {
    const save = join(folder, 'results');
    const args = ['eval', questions, '--compare', '--save', save, '--data', data, '--json'];
    const { status, out } = await threadlore(args, env);
    expect(status).toBe(0);
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ set, configuration }) => [set, configuration])).toEqual(
      ['own words', '+ subject', '+ conversation', '+ vectors', '+ learnt ranker', '+ cross-encoder'].map((name) => [
        'questions.jsonl',
        name,
      ]),
    );
    for (const row of rows) expect(row).toMatchObject({ questions: 14, answerable: 10, speakerRight: 1 });
    expect(readdirSync(save)).toEqual([expect.stringMatching(/^questions-compared-\d{4}-\d\d-\d\d\.json$/)]);
  });

  it('measures everything together, for reading', async () => {
    const { out } = await threadlore(['eval', questions, '--data', data], { ...env, RERANK_MODEL: '' });
    expect(out).toMatch(/^set +questions\.jsonl\nquestions +14\nanswerable +10\nhit@1 +[01]\.\d{3}\n/);
    expect(out).toMatch(/\nspeakerRight +1\.000\n/);
  });
});
