import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWriter, storeOf } from '../../../index/open.js';
import { readFollowed } from '../../../ingest/followed.js';
import { Intake } from '../../../ingest/intake.js';
import { BUNDLED_MODEL } from '../../../index/embedder.js';
import { Tally } from '../../../ingest/report.js';
import { openStages } from '../../../ingest/stages.js';
import { newsServer, type NewsServer } from '../../archive-servers/news.js';
import { folders, mail } from '../archives.js';
import { follow, onLoopback, statsOf, subjectsIn } from './library.js';

const { make, clean } = folders();
let news: NewsServer;
let dataDir: string;

beforeEach(async () => {
  news = await newsServer();
  dataDir = make();
});
afterEach(async () => {
  await news.close();
  clean();
});

/** Reads into an index that may grow by `pages` pages, as on a disk that is nearly full. */
async function followWithRoom(pages: number): Promise<void> {
  const writer = await openWriter(dataDir);
  const { db } = storeOf(writer);
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + pages}`);
  const tally = new Tally();
  const stages = openStages(BUNDLED_MODEL, 1);
  const intake = new Intake(writer, stages, tally, () => undefined);
  const source = { url: news.url, kind: null, list: null, everyMinutes: null };
  const signal = undefined;
  try {
    await readFollowed(
      [source],
      { writer, tally, intake, full: false, signal, dataDir, onSource: () => undefined },
      onLoopback,
    );
  } finally {
    stages.close();
    writer.close();
  }
}

describe('a disk that fills up while servers are read', () => {
  it('ends the sync with what was stored before, and the next one goes on from there', async () => {
    const count = 900;
    for (let number = 1; number <= count; number++) {
      const date = new Date(Date.UTC(2024, 2, 1, 0, number)).toUTCString();
      const text = `Gauge ${number} leaks at seam ${number * 3}. ${'Wrap it in tape. '.repeat(20)}`;
      news.articles.set(number, mail({ id: `n${number}@example.org`, date, subject: `Gauge ${number}`, text }));
    }
    await expect(followWithRoom(130)).rejects.toMatchObject({ name: 'DiskFullError' });
    const stored = (await subjectsIn(dataDir)).length;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(count);

    news.commands.length = 0;
    const report = await follow(dataDir, news.url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: count - stored, duplicates: 0 });
    expect(news.commands.filter((command) => command.startsWith('ARTICLE'))).toHaveLength(count - stored);
    expect(new Set(await subjectsIn(dataDir)).size).toBe(count);
    expect((await statsOf(dataDir)).sources).toMatchObject([{ messages: count, behind: 0, lastError: null }]);
  });
});
