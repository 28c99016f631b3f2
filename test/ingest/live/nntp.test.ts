import { beforeEach, describe, expect, it } from 'vitest';
import { statSync } from 'node:fs';
import { openLibrary } from '../../../index/open.js';
import { syncOnce } from '../../../ingest/follow.js';
import { addressGuard } from '../../../ingest/live/address-guard.js';
import { mayLogIn } from '../../../ingest/live/nntp-login.js';
import { addSource, removeSource, sourcesPath } from '../../../ingest/sources.js';
import { ingest } from '../../../ingest/sync.js';
import type { MessageId } from '../../../mail/message-id.js';
import { follow, onLoopback, statsOf, subjectsIn } from './library.js';
import { article, newsStage, upTo } from './news-stage.js';

const on = newsStage();

describe('a newsgroup', () => {
  it('is read by number, over holes, and goes on where it stopped', async () => {
    on.fill(3, 4, 9);
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 3, added: 3 });
    on.fill(12);
    on.server.commands.length = 0;
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 1, added: 1 });
    expect(on.server.commands.filter((command) => command.startsWith('ARTICLE'))).toEqual(['ARTICLE 12']);
    expect((await statsOf(on.dataDir)).sources[0]).toMatchObject({ messages: 4, behind: 0, lastError: null });
  });

  it('keeps what its server no longer has: articles expire', async () => {
    on.fill(1, 2, 3);
    await follow(on.dataDir, on.server.url);
    on.server.articles.delete(1);
    on.server.articles.delete(2);
    on.fill(4);
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ added: 1, removed: 0 });
    on.server.answer = (command) => (command.startsWith('ARTICLE') ? '430 no such article\r\n' : null);
    expect(await follow(on.dataDir, on.server.url, { full: true })).toMatchObject({ read: 0, removed: 0 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3', 'Gauge 4']);
  });

  it('costs one exchange where nothing is new', async () => {
    on.fill(1, 2);
    await follow(on.dataDir, on.server.url);
    on.server.commands.length = 0;
    await follow(on.dataDir, on.server.url);
    expect(on.server.commands.filter((command) => command !== 'QUIT')).toEqual(['GROUP test.gauges', 'STAT 2']);
  });

  it('is read anew where it was numbered anew, without what is held', async () => {
    on.fill(1, 2, 3);
    await follow(on.dataDir, on.server.url);
    const old = [...on.server.articles.values()];
    on.server.articles.clear();
    for (const [at, text] of [article(8), ...old].entries()) on.server.articles.set(at + 1, text);
    on.server.commands.length = 0;
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 1, added: 1 });
    expect(on.server.commands.filter((command) => command.startsWith('ARTICLE'))).toEqual(['ARTICLE 1']);
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3', 'Gauge 8']);
  });

  it('is read anew where the server has fewer articles than were read', async () => {
    on.fill(7, 8, 9);
    await follow(on.dataDir, on.server.url);
    on.server.articles.clear();
    on.fill(1, 2);
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 2, added: 2 });
  });

  it('owes an article that the server cannot give, and asks for it again', async () => {
    on.fill(1, 2, 3);
    on.server.answer = (command) => (command === 'ARTICLE 2' ? '403 internal fault\r\n' : null);
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 2, added: 2, skipped: {} });
    on.server.answer = () => null;
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
  });

  it('gives an article up after some syncs, and counts it', async () => {
    on.fill(1, 2);
    on.server.answer = (command) => (command === 'ARTICLE 1' ? '403 internal fault\r\n' : null);
    const skipped: unknown[] = [];
    for (let sync = 0; sync < 6; sync++) skipped.push((await follow(on.dataDir, on.server.url)).skipped);
    expect(skipped.filter((one) => JSON.stringify(one) === '{"unreadable":1}')).toHaveLength(1);
    on.server.commands.length = 0;
    await follow(on.dataDir, on.server.url);
    expect(on.server.commands).not.toContain('ARTICLE 1');
  });

  it('goes on after the line broke off in the middle of an article', async () => {
    on.fill(1, 2, 3);
    let drops = 1;
    on.server.answer = (command) =>
      command === 'ARTICLE 2' && drops-- > 0 ? 'drop after 220 2 <n2@example.org>\r\nSubject: cut' : null;
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 2, added: 2 });
    expect(on.server.connections.count).toBe(2);
    expect(await follow(on.dataDir, on.server.url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
  });

  it('keeps what came before the server went away for good', async () => {
    on.fill(...upTo(40));
    on.server.answer = (command) => (command === 'ARTICLE 36' || on.server.connections.count > 1 ? 'drop' : null);
    const report = await follow(on.dataDir, on.server.url);
    expect(report).toMatchObject({ failed: [{ source: on.server.url }] });
    expect(report.added).toBe(35);
    on.server.answer = () => null;
    await follow(on.dataDir, on.server.url);
    expect(await subjectsIn(on.dataDir)).toHaveLength(40);
  });

  it('keeps lines that begin with a dot, and long articles, as they are', async () => {
    const text = `.\n..hidden\n.profile is the file\n${'A long line of a large article. '.repeat(40_000)}\nthe end\n`;
    on.server.articles.set(1, article(1, text));
    await follow(on.dataDir, on.server.url);
    const library = await openLibrary(on.dataDir);
    expect(library.message('n1@example.org' as MessageId)?.text.trim()).toBe(text.trim());
    library.close();
  });
});

describe('what is wrong with one group', () => {
  it('is said in words, and touches no other', async () => {
    on.fill(1);
    const source = (url: string) => ({ url, kind: null, list: null, everyMinutes: null });
    const missing = on.server.url.replace('gauges', 'nothing');
    const gone = 'nntp://127.0.0.1:9/test.gauges';
    const report = await follow(on.dataDir, '', { sources: [source(gone), source(missing), source(on.server.url)] });
    expect(report).toMatchObject({ read: 1, added: 1 });
    const words = Object.fromEntries((report.failed ?? []).map(({ source: url, error }) => [url, error]));
    expect(words).toEqual({
      [gone]: expect.stringMatching(/^127\.0\.0\.1:9 cannot be reached/),
      [missing]: expect.stringMatching(/has no group test\.nothing; check the name$/),
    });
  });

  it.each([
    ['a server that is none', 'SSH-2.0-OpenSSH_9.2\r\n', /no news server/],
    ['a password that it wants', '480 authentication required\r\n', /password or TLS/],
    ['an endless line', 'x'.repeat(100_000), /no news server/],
  ])('is noticed: %s', async (_what, reply, words) => {
    on.server.answer = (command) => (command.startsWith('GROUP') ? reply : null);
    const { failed } = await follow(on.dataDir, on.server.url);
    expect(failed?.[0]?.error).toMatch(words);
  });

  it('is a name that would be more than a name', async () => {
    const { failed } = await follow(on.dataDir, `${on.server.url}%0D%0APOST`);
    expect(failed?.[0]?.error).toMatch(/names no newsgroup/);
    expect(on.server.commands).toEqual([]);
  });
});

describe('a news server that wants a password', () => {
  const secret = 'gull & tern/7';
  let isOpen = false;
  beforeEach(() => {
    on.fill(1);
    isOpen = false;
    on.server.answer = (command) => {
      if (command === 'AUTHINFO USER maren') return '381 go on\r\n';
      if (command === `AUTHINFO PASS ${secret}`) {
        isOpen = true;
        return '281 welcome\r\n';
      }
      if (command.startsWith('AUTHINFO')) return `481 no: ${command}\r\n`;
      return isOpen ? null : '480 authentication required\r\n';
    };
  });
  const withLogin = (password: string): string =>
    on.server.url.replace('nntp://', `nntp://maren:${encodeURIComponent(password)}@`);

  it('gets it, and nothing that is kept or shown holds it but sources.json, which is the owner’s alone', async () => {
    addSource(on.dataDir, { url: withLogin(secret), kind: null, list: null, everyMinutes: null });
    const report = await syncOnce({ dataDir: on.dataDir, http: onLoopback, workers: 1 });
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 1 });
    const { sources } = await statsOf(on.dataDir);
    expect(sources).toMatchObject([{ source: on.server.url, messages: 1, lastError: null }]);
    expect(statSync(sourcesPath(on.dataDir)).mode & 0o077).toBe(0);
    const library = await openLibrary(on.dataDir);
    expect(JSON.stringify([...library.everyMessage()])).not.toMatch(/maren|gull/);
    library.close();
    expect(removeSource(on.dataDir, withLogin(secret))).toBe(true);
  });

  it('may be read once by a URL that has it', async () => {
    expect(
      await ingest({ dataDir: on.dataDir, paths: [withLogin(secret)], http: onLoopback, workers: 1 }),
    ).toMatchObject({
      added: 1,
    });
    expect((await statsOf(on.dataDir)).sources).toMatchObject([{ source: on.server.url }]);
  });

  it('says that it does not take it, without repeating it', async () => {
    addSource(on.dataDir, { url: withLogin('wrong'), kind: null, list: null, everyMinutes: null });
    const { failed } = await syncOnce({ dataDir: on.dataDir, http: onLoopback, workers: 1 });
    expect(failed).toEqual([
      {
        source: on.server.url,
        error: expect.stringMatching(/does not take the user name and password \(481\)/),
        notBefore: null,
      },
    ]);
    expect(JSON.stringify(failed)).not.toMatch(/wrong|maren/);
  });

  it.each([
    ['nntps://news.example.org/g', false, true],
    ['nntp://93.184.216.34/g', true, false],
    ['nntp://127.0.0.1/g', false, false],
    ['nntp://127.0.0.1/g', true, true],
  ])('gets it at %s, private networks allowed: %s: %s', async (url, allowPrivate, expected) => {
    expect(await mayLogIn(new URL(url), addressGuard(allowPrivate))).toBe(expected);
  });
});
