import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, type Row } from '../../eval/compare.js';
import { allParts, partByPart } from '../../eval/configurations.js';
import { readQuestions, type Question } from '../../eval/questions.js';
import type { EvalSummary } from '../../eval/run.js';
import { saveResults } from '../../eval/saved.js';
import { comparisonText } from '../../eval/table.js';
import { ingest } from '../../ingest/sync.js';

const samples = fileURLToPath(new URL('../samples', import.meta.url));
const questionsPath = join(samples, 'questions.jsonl');

describe('the questions over the sample archive', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threadlore-eval-'));
  const dataDir = join(folder, 'data');
  const progress: [string, number][] = [];
  let questions: Question[];
  let rows: Row[];

  beforeAll(async () => {
    await ingest({ dataDir, paths: [join(samples, 'archive')] });
    questions = await readQuestions(questionsPath);
    const configurations = [...partByPart({}), allParts({})];
    rows = await compare(dataDir, questions, configurations, (name, done) => progress.push([name, done]));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const figuresOf = (name: string): EvalSummary => {
    const row = rows.find(({ configuration }) => configuration === name);
    if (row === undefined) throw new Error(`no row ${name}`);
    return row.figures;
  };

  it('are answered: every figure is at least this good', () => {
    const figures = figuresOf('all parts');
    expect(figures).toMatchObject({ questions: 14, answerable: 10, 'hit@5': 1, 'hit@10': 1, 'hit@50': 1 });
    expect(figures['hit@1']).toBeGreaterThanOrEqual(0.7);
    expect(figures['MRR@10']).toBeGreaterThanOrEqual(0.85);
    expect(figures.supportShown).toBeGreaterThanOrEqual(0.7);
    expect(figures.supportShownWhenFound).toBeGreaterThanOrEqual(0.7);
    expect(figures.speakerRight).toBe(1);
    expect(figures.unanswerableDeclined).toBe(1);
    expect(figures.answerableDeclined).toBeLessThanOrEqual(0.1);
    expect(figures.foundDeclined).toBeLessThanOrEqual(0.1);
    expect(figures.medianMs).toBeGreaterThan(0);
    expect(figures.p95Ms).toBeGreaterThanOrEqual(figures.medianMs);
  });

  it('show what each part of the ranking is worth', () => {
    expect(rows.map(({ configuration }) => configuration)).toEqual([
      'own words',
      '+ subject',
      '+ conversation',
      '+ vectors',
      '+ learnt ranker',
      'all parts',
    ]);
    expect(figuresOf('own words')['hit@50']).toBeLessThan(1);
    expect(figuresOf('+ subject')['hit@50']).toBeGreaterThan(figuresOf('own words')['hit@50']);
    expect(figuresOf('+ conversation')['MRR@10']).toBeGreaterThan(figuresOf('+ subject')['MRR@10']);
    expect(figuresOf('+ vectors')['hit@5']).toBe(1);
    expect(figuresOf('+ learnt ranker')['hit@1']).toBeGreaterThan(figuresOf('+ vectors')['hit@1']);
    const { medianMs, p95Ms, ...same } = figuresOf('+ learnt ranker');
    expect({ ...figuresOf('all parts'), medianMs, p95Ms }).toEqual({ ...same, medianMs, p95Ms });
  });

  it('are answered without refusals where confidence is not fitted on the ranking', () => {
    for (const name of ['own words', '+ subject', '+ conversation', '+ vectors'])
      expect([name, figuresOf(name).foundDeclined]).toEqual([name, 0]);
  });

  it('tell how far measuring is, question by question', () => {
    const names = rows.map(({ configuration }) => configuration);
    expect(progress).toEqual(names.flatMap((name) => questions.map((_, at) => [name, at + 1])));
  });

  it('make a table whose columns stand below each other', () => {
    const [title, ...lines] = comparisonText('sample', rows).split('\n');
    expect(title).toBe('sample: 14 questions, 10 of them answerable');
    expect(lines).toHaveLength(rows.length + 1);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines.at(-1)).toMatch(/^all parts {7}( +\d+\.\d+){12}$/);
  });

  it('are saved with the date, the set and the configuration, and without a word of question or mail', async () => {
    const save = join(folder, 'results');
    const at = new Date(Date.UTC(2024, 5, 1, 12));
    const all = rows.filter(({ configuration }) => configuration === 'all parts');
    const one = await saveResults(save, { dataDir, questionsPath, rows: all, at });
    const compared = await saveResults(save, { dataDir, questionsPath, rows, at });
    expect(readdirSync(save).sort()).toEqual([
      'questions-all-parts-2024-06-01.json',
      'questions-compared-2024-06-01.json',
    ]);
    expect(JSON.parse(readFileSync(one, 'utf8'))).toMatchObject({
      set: 'questions',
      at: '2024-06-01T12:00:00.000Z',
      questions: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      ranker: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      index: { messages: 30, model: { id: 'threadlore-static-256', dimensions: 256 } },
      rows: [{ configuration: 'all parts', questions: 14, 'hit@5': 1, speakerRight: 1 }],
    });
    const text = readFileSync(compared, 'utf8');
    expect(text).not.toContain(folder);
    for (const { question, support, gold } of questions) {
      for (const words of [question, ...(support === null ? [] : [support]), ...gold])
        expect(text).not.toContain(words);
    }
  });
});
