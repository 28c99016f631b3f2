import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeInbox, noPublicInbox, type Inbox } from '../../archive-servers/public-inbox.js';
import { contentOf, folders, mail } from '../archives.js';
import { ingest } from '../../../ingest/sync.js';
import { follow, onLoopback, permalinksIn, statsOf, subjectsIn } from './library.js';

const { make, clean } = folders();
afterEach(clean);

function letter(number: number, subject = `Gauge ${number}`): string {
  return mail({
    id: `g${number}@example.org`,
    from: `Writer ${number} <writer${number}@example.org>`,
    date: new Date(Date.UTC(2024, 2, number, 9)).toUTCString(),
    subject,
    text: `Gauge number ${number} shows ${number * 7} bar although the pipe is empty.`,
  });
}

describe.skipIf(noPublicInbox !== null).each([1, 2] as const)('a public-inbox of version %i on a server', (version) => {
  let inbox: Inbox;
  beforeAll(async () => {
    inbox = await makeInbox({ version });
    for (const number of [1, 2, 3]) inbox.add(letter(number));
    await inbox.startHttp();
  });
  afterAll(() => inbox.close());

  it('is followed by its git as it grows, shrinks and is rewritten', async () => {
    const dataDir = make();
    expect(await follow(dataDir, inbox.url)).toMatchObject({ read: 3, added: 3 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
    expect(await permalinksIn(dataDir)).toEqual([1, 2, 3].map((number) => `${inbox.url}g${number}@example.org/`));

    expect(await follow(dataDir, inbox.url)).toMatchObject({ read: 0, added: 0 });

    inbox.add(letter(4));
    inbox.remove(letter(2));
    expect(await follow(dataDir, inbox.url)).toMatchObject({ read: 1, added: 1, removed: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 3', 'Gauge 4']);

    // public-inbox-purge knows version 2 alone.
    if (version === 1) return;
    inbox.purge(letter(3));
    expect((await follow(dataDir, inbox.url)).removed).toBeGreaterThan(0);
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 4']);
    expect(await follow(dataDir, inbox.url)).toMatchObject({ read: 0, removed: 0 });
  });
});

describe.skipIf(noPublicInbox !== null)('a public-inbox', () => {
  let inbox: Inbox;
  const http = { kind: 'public-inbox-http', list: null, everyMinutes: null } as const;
  beforeAll(async () => {
    inbox = await makeInbox();
    for (const number of [1, 2]) inbox.add(letter(number));
    await inbox.startHttp();
    await inbox.startNews();
  });
  afterAll(() => inbox.close());

  it('is followed by its pages, by its news and by its git at once, as one archive', async () => {
    const [byPages, byNews, byAll] = [make(), make(), make()];
    const pages = [{ url: inbox.url, ...http }];
    expect(await follow(byPages, inbox.url, { sources: pages })).toMatchObject({ read: 2, added: 2 });
    expect(await follow(byNews, inbox.news)).toMatchObject({ read: 2, added: 2 });

    inbox.add(letter(3));
    expect(await follow(byPages, inbox.url, { sources: pages })).toMatchObject({ read: 1, added: 1 });
    expect(await follow(byNews, inbox.news)).toMatchObject({ read: 1, added: 1 });
    expect(await follow(byPages, inbox.url, { sources: pages })).toMatchObject({ read: 0 });
    expect(await follow(byNews, inbox.news)).toMatchObject({ read: 0 });

    const everything = [...pages, { url: `${inbox.url}?by=git`, ...http, kind: 'public-inbox-git' as const }];
    const report = await follow(byAll, inbox.url, {
      sources: [...everything, { url: inbox.news, ...http, kind: 'nntp' }],
    });
    expect(report).toMatchObject({ read: 9, added: 3 });
    expect(report.failed).toBeUndefined();
    for (const dataDir of [byPages, byNews, byAll]) {
      expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
      // News articles do not tell where they are shown.
      const links = new Set((await permalinksIn(dataDir)).filter((link) => link !== ''));
      if (dataDir !== byNews)
        expect([...links]).toEqual([1, 2, 3].map((number) => `${inbox.url}g${number}@example.org/`));
    }
    expect(await contentOf(byNews)).toEqual(await contentOf(byPages));
  });

  it('is mirrored on where a fetch was killed: what that left keeps nobody out', async () => {
    const dataDir = make();
    await follow(dataDir, inbox.url);
    const before = (await subjectsIn(dataDir)).length;
    const fetched = join(dataDir, 'fetched');
    const mirror = join(fetched, readdirSync(fetched)[0] ?? '', 'git', '0.git');
    const left = ['packed-refs.lock', 'refs/heads/master.lock', 'objects/pack/tmp_pack_k1ll3d'];
    mkdirSync(join(mirror, 'refs', 'heads'), { recursive: true });
    for (const name of left) writeFileSync(join(mirror, name), 'half');
    inbox.add(letter(20));
    const report = await follow(dataDir, inbox.url);
    expect(report.failed).toBeUndefined();
    expect(await subjectsIn(dataDir)).toHaveLength(before + 1);
    expect(left.filter((name) => existsSync(join(mirror, name)))).toEqual([]);
  });

  it.each([
    ['without its last slash', (url: string) => url.slice(0, -1)],
    ['with more slashes', (url: string) => `${url}//`],
    ['with a place in the page', (url: string) => `${url}#footer`],
  ])('is found where its URL is given %s', async (_what, written) => {
    const [asItIs, asGiven] = [make(), make()];
    await follow(asItIs, inbox.url);
    const report = await ingest({ dataDir: asGiven, paths: [written(inbox.url)], http: onLoopback, workers: 1 });
    expect(report.failed).toBeUndefined();
    expect(await permalinksIn(asGiven)).toEqual(await permalinksIn(asItIs));
  });

  it('gives one thread where a message of it is named, and nothing twice', async () => {
    const dataDir = make();
    const url = `${inbox.url}g1@example.org/`;
    expect(await follow(dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await follow(dataDir, url)).toMatchObject({ read: 0, added: 0 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1']);
  });

  it('gives what a search finds', async () => {
    const dataDir = make();
    const url = `${inbox.url}?q=${'s:Gauge'}`;
    const report = await follow(dataDir, url);
    expect(report.failed).toBeUndefined();
    expect((await subjectsIn(dataDir)).length).toBeGreaterThan(0);
  });

  it('fills the gap where more came than its feed shows', async () => {
    const dataDir = make();
    const sources = [{ url: inbox.url, ...http }];
    await follow(dataDir, inbox.url, { sources });
    const before = (await subjectsIn(dataDir)).length;
    for (let number = 31; number < 31 + 30; number++) inbox.add(letter(number));
    expect((await follow(dataDir, inbox.url, { sources })).failed).toBeUndefined();
    expect(await subjectsIn(dataDir)).toHaveLength(before + 30);
  });

  it('is asked again after its server was gone, and says so meanwhile', async () => {
    const dataDir = make();
    await follow(dataDir, inbox.news);
    const { messages } = await statsOf(dataDir);
    await inbox.stopNews();
    const report = await follow(dataDir, inbox.news);
    expect(report.failed).toMatchObject([{ source: inbox.news, error: expect.stringMatching(/cannot be reached/) }]);
    const [source] = (await statsOf(dataDir)).sources;
    expect(source).toMatchObject({ messages, lastError: expect.stringMatching(/cannot be reached/) });
    expect(source?.syncedAt).toBeGreaterThan(0);
    inbox.add(letter(90));
    await inbox.startNews();
    expect(await follow(dataDir, inbox.news)).toMatchObject({ read: 1, added: 1 });
    expect((await statsOf(dataDir)).sources[0]).toMatchObject({ lastError: null, behind: 0 });
  });
});
