import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { notBuilt, threadlore } from '../../cli/run.js';
import { follow, subjectsIn } from './library.js';
import { newsStage, upTo } from './news-stage.js';

const on = newsStage();
const env = { ALLOW_PRIVATE_NETWORKS: '1', CONTACT: 'tests@example.org', NO_COLOR: '1' };

function run(...args: string[]): ReturnType<typeof threadlore> {
  return threadlore([...args, '--data', on.dataDir], env);
}

describe.skipIf(notBuilt !== null)('threadlore on the command line', () => {
  it('follows what was added, shows how it is, and forgets what was removed', async () => {
    on.fill(...upTo(3));
    const none = await run('sync');
    expect(none).toMatchObject({ status: 1, log: expect.stringContaining('threadlore source add') });
    expect(await run('source', 'add', on.server.url)).toMatchObject({
      status: 0,
      out: expect.stringContaining('(nntp)'),
    });
    expect(await run('source', 'list')).toMatchObject({ status: 0, out: `${on.server.url} (nntp)\n` });
    const synced = await run('sync', '--json');
    expect(JSON.parse(synced.out)).toMatchObject({ read: 3, added: 3 });
    expect(synced.status).toBe(0);
    const status = JSON.parse((await run('status', '--json')).out) as { sources: object[] };
    expect(status.sources).toMatchObject([{ source: on.server.url, messages: 3, behind: 0, lastError: null }]);
    await on.server.close();
    expect(await run('sync')).toMatchObject({ status: 1, out: expect.stringContaining('cannot be reached') });
    expect(await run('status')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/: 3, read .*last error: .*cannot be reached/),
    });
    expect(await run('source', 'remove', on.server.url)).toMatchObject({ status: 0 });
    expect(await run('source', 'list', '--json')).toMatchObject({ status: 0, out: '[]\n' });
  });

  it('never shows a password', async () => {
    const shown = [await run('source', 'add', on.server.url.replace('//', '//maren:s3cret@'))];
    shown.push(await run('source', 'list'), await run('source', 'list', '--json'), await run('sync'));
    shown.push(
      await run('status'),
      await run('status', '--json'),
      await run('ingest', on.server.url.replace('//', '//a:s3cret@')),
    );
    for (const { out, log } of shown) expect(out + log).not.toContain('s3cret');
    expect(shown[2]?.out).toContain('"login":{"user":"maren"}');
    expect(shown[3]).toMatchObject({ status: 1, out: expect.stringContaining('does not take the user name') });
  });

  it('reads a URL once, and says what is wrong with it', async () => {
    on.fill(...upTo(2));
    expect(await run('ingest', on.server.url)).toMatchObject({ status: 0, out: expect.stringContaining('2 added') });
    expect(await run('ingest', 'gopher://example.org/')).toMatchObject({
      status: 1,
      log: expect.stringContaining('nntps'),
    });
    const careful = await threadlore(['ingest', on.server.url, '--data', on.dataDir], {});
    expect(careful).toMatchObject({ status: 1, log: expect.stringContaining('ALLOW_PRIVATE_NETWORKS') });
  });

  it('goes on where it was killed, without what it holds', async () => {
    on.fill(...upTo(1500));
    const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
    const child = spawn(process.execPath, [main, 'ingest', on.server.url, '--data', on.dataDir], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    on.server.answer = (command) => {
      if (command !== 'ARTICLE 1450') return null;
      child.kill('SIGKILL');
      return 'drop';
    };
    await ended;
    on.server.answer = () => null;
    on.server.commands.length = 0;
    await follow(on.dataDir, on.server.url);
    expect(await subjectsIn(on.dataDir)).toHaveLength(1500);
    const asked = on.server.commands.filter((command) => command.startsWith('ARTICLE')).length;
    expect(asked).toBeGreaterThanOrEqual(50);
    expect(asked).toBeLessThan(1500);
  });
});
