import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statSync } from 'node:fs';
import { openLibrary } from '../../../index/open.js';
import { syncOnce } from '../../../ingest/follow.js';
import { addressGuard } from '../../../ingest/live/address-guard.js';
import { mayLogIn } from '../../../ingest/live/nntp-login.js';
import { addSource, removeSource, sourcesPath } from '../../../ingest/sources.js';
import { ingest } from '../../../ingest/sync.js';
import type { MessageId } from '../../../mail/message-id.js';
import { newsServer, type NewsServer } from '../../archive-servers/news.js';
import { folders, mail } from '../archives.js';
import { follow, onLoopback, statsOf, subjectsIn } from './library.js';

const { make, clean } = folders();
let news: NewsServer;
let dataDir: string;

function article(number: number, text?: string): string {
  return mail({
    id: `n${number}@example.org`,
    date: new Date(Date.UTC(2024, 2, 1, 0, number)).toUTCString(),
    subject: `Gauge ${number}`,
    text: text ?? `Gauge ${number} leaks at seam ${number * 3}.`,
  });
}

function fill(...numbers: readonly number[]): void {
  for (const number of numbers) news.articles.set(number, article(number));
}

beforeEach(async () => {
  news = await newsServer();
  dataDir = make();
});
afterEach(async () => {
  await news.close();
  clean();
});

describe('a newsgroup', () => {
  it('is read by number, over holes, and goes on where it stopped', async () => {
    fill(3, 4, 9);
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 3, added: 3 });
    fill(12);
    news.commands.length = 0;
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 1, added: 1 });
    expect(news.commands.filter((command) => command.startsWith('ARTICLE'))).toEqual(['ARTICLE 12']);
    expect((await statsOf(dataDir)).sources[0]).toMatchObject({ messages: 4, behind: 0, lastError: null });
  });

  it('keeps what its server no longer has: articles expire', async () => {
    fill(1, 2, 3);
    await follow(dataDir, news.url);
    news.articles.delete(1);
    news.articles.delete(2);
    fill(4);
    expect(await follow(dataDir, news.url)).toMatchObject({ added: 1, removed: 0 });
    news.answer = (command) => (command.startsWith('ARTICLE') ? '430 no such article\r\n' : null);
    expect(await follow(dataDir, news.url, { full: true })).toMatchObject({ read: 0, removed: 0 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3', 'Gauge 4']);
  });

  it('costs one exchange where nothing is new', async () => {
    fill(1, 2);
    await follow(dataDir, news.url);
    news.commands.length = 0;
    await follow(dataDir, news.url);
    expect(news.commands.filter((command) => command !== 'QUIT')).toEqual(['GROUP test.gauges', 'STAT 2']);
  });

  it('is read anew where it was numbered anew, without what is held', async () => {
    fill(1, 2, 3);
    await follow(dataDir, news.url);
    const old = [...news.articles.values()];
    news.articles.clear();
    for (const [at, text] of [article(8), ...old].entries()) news.articles.set(at + 1, text);
    news.commands.length = 0;
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 1, added: 1 });
    expect(news.commands.filter((command) => command.startsWith('ARTICLE'))).toEqual(['ARTICLE 1']);
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3', 'Gauge 8']);
  });

  it('is read anew where the server has fewer articles than were read', async () => {
    fill(7, 8, 9);
    await follow(dataDir, news.url);
    news.articles.clear();
    fill(1, 2);
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 2, added: 2 });
  });

  it('owes an article that the server cannot give, and asks for it again', async () => {
    fill(1, 2, 3);
    news.answer = (command) => (command === 'ARTICLE 2' ? '403 internal fault\r\n' : null);
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 2, added: 2, skipped: {} });
    news.answer = () => null;
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
  });

  it('gives an article up after some syncs, and counts it', async () => {
    fill(1, 2);
    news.answer = (command) => (command === 'ARTICLE 1' ? '403 internal fault\r\n' : null);
    const skipped: unknown[] = [];
    for (let sync = 0; sync < 6; sync++) skipped.push((await follow(dataDir, news.url)).skipped);
    expect(skipped.filter((one) => JSON.stringify(one) === '{"unreadable":1}')).toHaveLength(1);
    news.commands.length = 0;
    await follow(dataDir, news.url);
    expect(news.commands).not.toContain('ARTICLE 1');
  });

  it('goes on after the line broke off in the middle of an article', async () => {
    fill(1, 2, 3);
    let drops = 1;
    news.answer = (command) =>
      command === 'ARTICLE 2' && drops-- > 0 ? 'drop after 220 2 <n2@example.org>\r\nSubject: cut' : null;
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 2, added: 2 });
    expect(news.connections.count).toBe(2);
    expect(await follow(dataDir, news.url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
  });

  it('keeps what came before the server went away for good', async () => {
    fill(...Array.from({ length: 40 }, (_, at) => at + 1));
    news.answer = (command) => (command === 'ARTICLE 36' || news.connections.count > 1 ? 'drop' : null);
    const report = await follow(dataDir, news.url);
    expect(report).toMatchObject({ failed: [{ source: news.url }] });
    expect(report.added).toBe(35);
    news.answer = () => null;
    await follow(dataDir, news.url);
    expect(await subjectsIn(dataDir)).toHaveLength(40);
  });

  it('keeps lines that begin with a dot, and long articles, as they are', async () => {
    const text = `.\n..hidden\n.profile is the file\n${'A long line of a large article. '.repeat(40_000)}\nthe end\n`;
    news.articles.set(1, article(1, text));
    await follow(dataDir, news.url);
    const library = await openLibrary(dataDir);
    expect(library.message('n1@example.org' as MessageId)?.text.trim()).toBe(text.trim());
    library.close();
  });
});

describe('what is wrong with one group', () => {
  it('is said in words, and touches no other', async () => {
    fill(1);
    const source = (url: string) => ({ url, kind: null, list: null, everyMinutes: null });
    const missing = news.url.replace('gauges', 'nothing');
    const gone = 'nntp://127.0.0.1:9/test.gauges';
    const report = await follow(dataDir, '', { sources: [source(gone), source(missing), source(news.url)] });
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
    news.answer = (command) => (command.startsWith('GROUP') ? reply : null);
    const { failed } = await follow(dataDir, news.url);
    expect(failed?.[0]?.error).toMatch(words);
  });

  it('is a name that would be more than a name', async () => {
    const { failed } = await follow(dataDir, `${news.url}%0D%0APOST`);
    expect(failed?.[0]?.error).toMatch(/names no newsgroup/);
    expect(news.commands).toEqual([]);
  });
});

describe('a news server that wants a password', () => {
  const secret = 'gull & tern/7';
  let isOpen = false;
  beforeEach(() => {
    fill(1);
    isOpen = false;
    news.answer = (command) => {
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
    news.url.replace('nntp://', `nntp://maren:${encodeURIComponent(password)}@`);

  it('gets it, and nothing that is kept or shown holds it but sources.json, which is the owner’s alone', async () => {
    addSource(dataDir, { url: withLogin(secret), kind: null, list: null, everyMinutes: null });
    const report = await syncOnce({ dataDir, http: onLoopback, workers: 1 });
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 1 });
    const { sources } = await statsOf(dataDir);
    expect(sources).toMatchObject([{ source: news.url, messages: 1, lastError: null }]);
    expect(statSync(sourcesPath(dataDir)).mode & 0o077).toBe(0);
    const library = await openLibrary(dataDir);
    expect(JSON.stringify([...library.everyMessage()])).not.toMatch(/maren|gull/);
    library.close();
    expect(removeSource(dataDir, withLogin(secret))).toBe(true);
  });

  it('may be read once by a URL that has it', async () => {
    expect(await ingest({ dataDir, paths: [withLogin(secret)], http: onLoopback, workers: 1 })).toMatchObject({
      added: 1,
    });
    expect((await statsOf(dataDir)).sources).toMatchObject([{ source: news.url }]);
  });

  it('says that it does not take it, without repeating it', async () => {
    addSource(dataDir, { url: withLogin('wrong'), kind: null, list: null, everyMinutes: null });
    const { failed } = await syncOnce({ dataDir, http: onLoopback, workers: 1 });
    expect(failed).toEqual([
      {
        source: news.url,
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
