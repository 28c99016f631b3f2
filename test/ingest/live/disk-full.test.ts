import { describe, expect, it } from 'vitest';
import { openWriter, storeOf } from '../../../index/open.js';
import { readFollowed } from '../../../ingest/followed.js';
import { Intake } from '../../../ingest/intake.js';
import { BUNDLED_MODEL } from '../../../index/embedder.js';
import { Tally } from '../../../ingest/report.js';
import { openStages } from '../../../ingest/stages.js';
import { follow, onLoopback, statsOf, subjectsIn } from './library.js';
import { article, newsStage, upTo } from './news-stage.js';

const on = newsStage();

/** Reads into an index that may grow by `pages` pages, as on a disk that is nearly full. */
async function followWithRoom(pages: number): Promise<void> {
  const writer = await openWriter(on.dataDir);
  const { db } = storeOf(writer);
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + pages}`);
  const tally = new Tally();
  const stages = openStages(BUNDLED_MODEL, 1);
  const intake = new Intake(writer, stages, tally, () => undefined);
  const source = { url: on.server.url, kind: null, list: null, everyMinutes: null };
  const signal = undefined;
  try {
    await readFollowed(
      [source],
      { writer, tally, intake, full: false, signal, dataDir: on.dataDir, onSource: () => undefined },
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
    for (const number of upTo(count)) {
      const text = `Gauge ${number} leaks at seam ${number * 3}. ${'Wrap it in tape. '.repeat(20)}`;
      on.server.articles.set(number, article(number, text));
    }
    await expect(followWithRoom(130)).rejects.toMatchObject({ name: 'DiskFullError' });
    const stored = (await subjectsIn(on.dataDir)).length;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(count);

    on.server.commands.length = 0;
    const report = await follow(on.dataDir, on.server.url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: count - stored, duplicates: 0 });
    expect(on.server.commands.filter((command) => command.startsWith('ARTICLE'))).toHaveLength(count - stored);
    expect(new Set(await subjectsIn(on.dataDir)).size).toBe(count);
    expect((await statsOf(on.dataDir)).sources).toMatchObject([{ messages: count, behind: 0, lastError: null }]);
  });
});
