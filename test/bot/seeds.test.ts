import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualSettings } from '../../bot/guild-settings.js';
import { ingest } from '../../ingest/sync.js';
import { ids } from '../discord/world.js';
import { sharedPath } from '../shared.js';
import { answerTo, readable, removeData, stage, type Stage } from './run.js';

const seeds = sharedPath('corpus/seeds');
const questions = sharedPath('eval/seeds.jsonl');

interface SeedQuestion {
  readonly id: string;
  readonly q: string;
  readonly speaker: string;
  readonly support: string;
}

function seedQuestions(path: string): SeedQuestion[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as SeedQuestion);
}

describe.skipIf(seeds === null || questions === null)('the five saved pages of one kernel discussion', () => {
  let on: Stage;
  beforeAll(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'threadlore-seeds-'));
    await ingest({ dataDir, paths: [seeds ?? ''] });
    on = await stage(dataDir);
    on.running.bot.store.setGuildSettings(ids.guild, { ...usualSettings, cooldown: 0 });
  });
  afterAll(async () => {
    expect(on.discord.violations).toEqual([]);
    await on.close();
    removeData(on.dataDir);
  });

  it('are answered in Discord with the words, credited to who said them', async () => {
    const squeezed = (text: string): string => text.replace(/[\s>]+/gu, ' ');
    const missed: string[] = [];
    for (const { id, q, speaker, support } of seedQuestions(questions ?? '')) {
      const answer = await answerTo(on.discord.command('ask', { question: q }));
      const shown = answer.embeds.map(({ description = '' }) =>
        squeezed(readable({ ...answer, content: '', embeds: [{ description }] })),
      );
      const name = speaker.split(' (')[0] ?? speaker;
      if (!shown.some((text) => text.includes(squeezed(support)) && text.includes(name))) missed.push(id);
      expect(readable(answer)).not.toMatch(/[a-z]@(?:intel|redhat|linux-foundation)\.(?:com|org)/u);
    }
    expect(missed).toEqual([]);
  });

  it('are cited with links that lead to their archives', async () => {
    const cited = await answerTo(
      on.discord.command('cite', { reference: 'CAPcyv4gb+r==riKFXkVZ7gGdnKe62yBmZ7xOa4uBBByhnK9Tzg@mail.gmail.com' }),
    );
    expect(readable(cited)).toMatch(/\*\*Dan Williams\*\*/u);
    expect(readable(cited)).toMatch(/\]\(https?:\/\/\S+\)/u);
  });
});
