import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { personKey } from '../../answer/question/person.js';
import { openLibrary } from '../../index/open.js';
import type { Library } from '../../index/library.js';
import { notBuilt, threadlore } from './run.js';
import { sharedPath } from '../shared.js';

interface Seed {
  readonly id: string;
  readonly q: string;
  readonly support: string;
  readonly speaker: string;
}

const corpus = sharedPath('corpus/seeds');
const set = sharedPath('eval/seeds.jsonl');
const seeds: Seed[] =
  set === null
    ? []
    : readFileSync(set, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Seed);

describe.skipIf(notBuilt !== null || corpus === null || seeds.length === 0)('the first quote', () => {
  const data = mkdtempSync(join(tmpdir(), 'threadlore-seeds-'));
  let library: Library;

  beforeAll(async () => {
    const { out } = await threadlore(['ingest', corpus ?? '', '--data', data, '--json']);
    expect(JSON.parse(out)).toMatchObject({ added: 8 });
    library = await openLibrary(data);
  });

  afterAll(() => {
    library.close();
    rmSync(data, { recursive: true, force: true });
  });

  it.each(seeds)('answers $id and names who said it: $q', async ({ q, support, speaker }) => {
    const answer = await ask(library, { question: q });
    const [first] = answer.kind === 'found' ? answer.quotes : [];
    expect(first?.text.replace(/\s+/g, ' ')).toContain(support);
    expect(personKey(first?.speaker ?? '')).toBe(personKey(speaker));
  });
});
