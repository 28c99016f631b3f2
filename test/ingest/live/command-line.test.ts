import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notBuilt, threadlore } from '../../cli/run.js';
import { newsServer, type NewsServer } from '../../archive-servers/news.js';
import { folders, mail } from '../archives.js';
import { follow, subjectsIn } from './library.js';

const { make, clean } = folders();
const env = { ALLOW_PRIVATE_NETWORKS: '1', CONTACT: 'tests@example.org', NO_COLOR: '1' };
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

function fill(count: number): void {
  for (let number = 1; number <= count; number++)
    news.articles.set(
      number,
      mail({
        id: `k${number}@example.org`,
        date: new Date(Date.UTC(2024, 2, 1) + number * 60_000).toUTCString(),
        subject: `Gauge ${number}`,
        text: `Gauge ${number} was read ${number} times.`,
      }),
    );
}

function run(...args: string[]): ReturnType<typeof threadlore> {
  return threadlore([...args, '--data', dataDir], env);
}

describe.skipIf(notBuilt !== null)('threadlore on the command line', () => {
  it('follows what was added, shows how it is, and forgets what was removed', async () => {
    fill(3);
    const none = await run('sync');
    expect(none).toMatchObject({ status: 1, log: expect.stringContaining('threadlore source add') });
    expect(await run('source', 'add', news.url)).toMatchObject({ status: 0, out: expect.stringContaining('(nntp)') });
    expect(await run('source', 'list')).toMatchObject({ status: 0, out: `${news.url} (nntp)\n` });
    const synced = await run('sync', '--json');
    expect(JSON.parse(synced.out)).toMatchObject({ read: 3, added: 3 });
    expect(synced.status).toBe(0);
    const status = JSON.parse((await run('status', '--json')).out) as { sources: object[] };
    expect(status.sources).toMatchObject([{ source: news.url, messages: 3, behind: 0, lastError: null }]);
    await news.close();
    expect(await run('sync')).toMatchObject({ status: 1, out: expect.stringContaining('cannot be reached') });
    expect(await run('status')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/: 3, read .*last error: .*cannot be reached/),
    });
    expect(await run('source', 'remove', news.url)).toMatchObject({ status: 0 });
    expect(await run('source', 'list', '--json')).toMatchObject({ status: 0, out: '[]\n' });
  });

  it('never shows a password', async () => {
    const shown = [await run('source', 'add', news.url.replace('//', '//maren:s3cret@'))];
    shown.push(await run('source', 'list'), await run('source', 'list', '--json'), await run('sync'));
    shown.push(
      await run('status'),
      await run('status', '--json'),
      await run('ingest', news.url.replace('//', '//a:s3cret@')),
    );
    for (const { out, log } of shown) expect(out + log).not.toContain('s3cret');
    expect(shown[2]?.out).toContain('"login":{"user":"maren"}');
    expect(shown[3]).toMatchObject({ status: 1, out: expect.stringContaining('does not take the user name') });
  });

  it('reads a URL once, and says what is wrong with it', async () => {
    fill(2);
    expect(await run('ingest', news.url)).toMatchObject({ status: 0, out: expect.stringContaining('2 added') });
    expect(await run('ingest', 'gopher://example.org/')).toMatchObject({
      status: 1,
      log: expect.stringContaining('nntps'),
    });
    const careful = await threadlore(['ingest', news.url, '--data', dataDir], {});
    expect(careful).toMatchObject({ status: 1, log: expect.stringContaining('ALLOW_PRIVATE_NETWORKS') });
  });

  it('goes on where it was killed, without what it holds', async () => {
    fill(1500);
    const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
    const child = spawn(process.execPath, [main, 'ingest', news.url, '--data', dataDir], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    news.answer = (command) => {
      if (command !== 'ARTICLE 1450') return null;
      child.kill('SIGKILL');
      return 'drop';
    };
    await ended;
    news.answer = () => null;
    news.commands.length = 0;
    await follow(dataDir, news.url);
    expect(await subjectsIn(dataDir)).toHaveLength(1500);
    const asked = news.commands.filter((command) => command.startsWith('ARTICLE')).length;
    expect(asked).toBeGreaterThanOrEqual(50);
    expect(asked).toBeLessThan(1500);
  });
});
