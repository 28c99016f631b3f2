import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addSource } from '../../ingest/sources.js';
import { faultyServer, type FaultyServer } from '../archive-servers/faulty.js';
import { mail, mbox } from '../ingest/archives.js';
import { answerTo, readable, removeData, sampleData, stage, until, type Stage } from './run.js';

let server: FaultyServer;
let dataDir: string;
let on: Stage;

const url = (path: string): string => `${server.origin}${path}`;
const question = 'Why does the anemometer on the north mast squeal?';
const squeal = mail({
  id: 'squeal@gulls.example.org',
  from: 'Maren Tern <maren@gulls.example.org>',
  subject: 'Anemometer on the north mast squeals',
  text: 'The anemometer on the north mast squeals because its bearing ran dry.\nTwo drops of watch oil stopped the squeal for a year.\n',
});
const patchPage = '/project/gulls/patch/oil@gulls.example.org/';

/** A Patchwork with one patch, whose state is what a test says. */
function serveTracker(state: string, date: string): void {
  const patch = { id: 1, msgid: '<oil@gulls.example.org>', date: '2024-05-02T10:00:00', web_url: url(patchPage) };
  const about = {
    submitter: { name: 'Pelle Eider', email: 'pelle@gulls.example.org' },
    project: { link_name: 'gulls' },
  };
  const whole = {
    ...{ ...patch, ...about, state, name: 'rain gauge: heat the funnel when snow blocks it', diff: '' },
    headers: { Subject: '[PATCH] rain gauge: heat the funnel when snow blocks it' },
    content:
      'Snow blocks the funnel of the rain gauge, which then reads zero for days.\nHeat the funnel below two degrees.\n',
  };
  const changed = { category: 'patch-state-changed', date, payload: { patch, current_state: state } };
  const answers: Readonly<Record<string, unknown>> = {
    ...{ 'projects/gulls': { id: 1, link_name: 'gulls' }, covers: [], series: [], patches: [{ ...patch, state }] },
    ...{ 'patches/1': whole, 'patches/1/comments': [], events: [{ id: Number(date.slice(0, 4)), ...changed }] },
  };
  for (const [path, answer] of Object.entries(answers)) server.pages.set(`/api/1.3/${path}/`, JSON.stringify(answer));
}

beforeEach(async () => {
  // The bot looks now and then what is due: tests say when. Nothing else here waits for an interval.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  server = await faultyServer();
  dataDir = await sampleData();
});
afterEach(async () => {
  await on.close();
  await server.close();
  removeData(dataDir);
  vi.useRealTimers();
});

/** The next look of the bot's own schedule, an hour later, and the sync that it starts. */
async function nextSync(): Promise<void> {
  on.discord.clock.advance(3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(on.running.bot.reindexing.current()).not.toBeNull();
  await synced();
}

const synced = (): Promise<boolean> => until(() => on.running.bot.reindexing.current() === null, 20_000);

async function asked(words: string): Promise<string> {
  on.discord.clock.advance(60_000);
  return readable(await answerTo(on.discord.command('ask', { question: words })));
}

describe('a bot that follows archives on servers', () => {
  it('answers from what came after the next look, without a restart', async () => {
    const other = mail({
      id: 'other@gulls.example.org',
      subject: 'Lunch',
      text: 'Soup is at noon in the boat house.\n',
    });
    server.pages.set('/gulls.mbox', mbox(other));
    addSource(dataDir, { url: url('/gulls.mbox'), kind: null, list: 'gulls', everyMinutes: 30 });
    on = await stage(dataDir, { variables: { ALLOW_PRIVATE_NETWORKS: '1' } });
    await synced();
    expect(await asked(question)).not.toContain('watch oil');

    server.pages.set('/gulls.mbox', mbox(other, squeal));
    await nextSync();
    const answer = await asked(question);
    expect(answer).toContain('> The anemometer on the north mast squeals because its bearing ran dry.');
    expect(answer).toMatch(/\*\*Maren Tern\*\* · \S+ · gulls/u);
    expect(on.discord.violations).toEqual([]);
  });

  it('shows what became of a patch, and after the next look what became of it since', async () => {
    serveTracker('under-review', '2098-05-02T11:00:00');
    addSource(dataDir, { url: url('/project/gulls/list/'), kind: 'patchwork', list: null, everyMinutes: 30 });
    on = await stage(dataDir, { variables: { ALLOW_PRIVATE_NETWORKS: '1' } });
    await synced();
    const words = 'Why does snow block the funnel of the rain gauge?';
    expect(await asked(words)).toContain('🗂️ **Patchwork**: “under-review” — 127.0.0.1');

    serveTracker('accepted', '2099-05-03T11:00:00');
    await nextSync();
    const answer = await asked(words);
    expect(answer).toMatch(/\*\*Patchwork\*\*: “accepted” — 127\.0\.0\.1\S* · 2099-05-03/u);
    expect(answer).not.toContain('under-review');
    expect(on.discord.violations).toEqual([]);
  });
});
