import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepFresh } from '../../bot/reindex/schedule.js';
import type { Bot } from '../../bot/bot.js';
import type { Outcome } from '../../bot/reindex/child.js';
import { addSource } from '../../ingest/sources.js';
import { folders } from '../ingest/archives.js';

const { make, clean } = folders();
let dataDir: string;

beforeEach(() => {
  dataDir = make();
});
afterEach(clean);

/** A bot whose re-indexes end as the test says. */
function botThat(
  outcome: Outcome,
  running = false,
): { bot: Bot; started: { sources: readonly string[]; by: string | null }[] } {
  const started: { sources: readonly string[]; by: string | null }[] = [];
  const log = { error: () => undefined, warn: () => undefined };
  const reindexing = {
    current: () => (running ? {} : null),
    start(order: { sources: readonly string[]; by: string | null }) {
      started.push(order);
      return { run: { ended: Promise.resolve(outcome) }, isNew: true };
    },
  };
  return { bot: { dataDir, log, reindexing, now: Date.now } as unknown as Bot, started };
}

describe('the bot’s schedule', () => {
  const url = 'https://lists.example.org/gauges/';
  const source = { url, kind: null, list: null, everyMinutes: null };

  it('reads what is followed as soon as the bot runs', () => {
    addSource(dataDir, source);
    const { bot, started } = botThat({ kind: 'cancelled' });
    keepFresh(bot).stop();
    expect(started).toEqual([{ sources: [url], how: 'sync', by: null }]);
  });

  it('starts nothing while something else is read, and nothing where nothing is followed', () => {
    const idle = botThat({ kind: 'cancelled' });
    keepFresh(idle.bot).stop();
    addSource(dataDir, source);
    const busy = botThat({ kind: 'cancelled' }, true);
    keepFresh(busy.bot).stop();
    expect([...idle.started, ...busy.started]).toEqual([]);
  });
});
