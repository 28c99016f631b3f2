import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextDue, syncOnce, watchSources } from '../../../ingest/follow.js';
import { addSource, readSources, removeSource, sourcesPath } from '../../../ingest/sources.js';
import type { IngestReport } from '../../../ingest/report.js';
import { faultyServer, redirect, status, type FaultyServer } from '../../archive-servers/faulty.js';
import { folders, mail, mbox } from '../archives.js';
import { onLoopback, statsOf, subjectsIn } from './library.js';

const { make, clean } = folders();
let server: FaultyServer;
let dataDir: string;

beforeEach(async () => {
  server = await faultyServer();
  dataDir = make();
});
afterEach(async () => {
  await server.close();
  clean();
});

const plain = { kind: null, list: null, everyMinutes: null } as const;

describe('sources.json', () => {
  it('keeps what is added, once, and forgets what is removed', () => {
    addSource(dataDir, { ...plain, url: 'https://lists.example.org/gauges/' });
    addSource(dataDir, { ...plain, url: 'https://lists.example.org/gauges/', list: 'gauges' });
    addSource(dataDir, { ...plain, url: '/srv/mail/valves.mbox', everyMinutes: 60 });
    expect(readSources(dataDir)).toEqual([
      { ...plain, url: 'https://lists.example.org/gauges/', list: 'gauges' },
      { ...plain, url: '/srv/mail/valves.mbox', everyMinutes: 60 },
    ]);
    expect(removeSource(dataDir, '/srv/mail/valves.mbox')).toBe(true);
    expect(removeSource(dataDir, '/srv/mail/valves.mbox')).toBe(false);
    expect(JSON.parse(readFileSync(sourcesPath(dataDir), 'utf8'))).toEqual({
      sources: [{ url: 'https://lists.example.org/gauges/', list: 'gauges' }],
    });
  });

  it.each([
    ['HTTPS://LORE.example.org/linux-raid/', 'https://lore.example.org/linux-raid/'],
    ['https://lore.example.org:443/linux-raid/#t', 'https://lore.example.org/linux-raid/'],
    ['https://lore.example.org/?q=s:raid', 'https://lore.example.org/?q=s:raid'],
    ['NNTP://News.example.org/Org.Example.Group', 'nntp://news.example.org/Org.Example.Group'],
    ['/Srv/Mail/Valves.mbox', '/Srv/Mail/Valves.mbox'],
  ])('knows a source however its host is written: %s', (written, url) => {
    addSource(dataDir, { ...plain, url: written });
    addSource(dataDir, { ...plain, url });
    expect(readSources(dataDir)).toEqual([{ ...plain, url }]);
    expect(removeSource(dataDir, written)).toBe(true);
  });

  it.each([
    '{',
    '[]',
    '{"sources": [{"url": ""}]}',
    '{"sources": [{"url": "https://x.example.org", "kind": "usenet"}]}',
  ])('is refused, saying where and why: %s', (content) => {
    writeFileSync(sourcesPath(dataDir), content);
    expect(() => readSources(dataDir)).toThrow(/sources\.json/);
  });

  it('takes no URL that is never read', () => {
    expect(() => addSource(dataDir, { ...plain, url: 'ftp://example.org/mail' })).toThrow(
      /http, https, nntp and nntps/,
    );
    expect(() => addSource(dataDir, { ...plain, url: 'https://me:secret@example.org/' })).toThrow(/password/);
  });
});

describe('a sync', () => {
  it('reads every source, whatever is wrong with others, and says what is', async () => {
    server.pages.set('/good.mbox', mbox(mail({ id: 'good@example.org', subject: 'Good' })));
    server.pages.set('/broken.mbox', status(500));
    server.pages.set('/inside.mbox', redirect('http://169.254.169.254/latest/meta-data/'));
    const local = join(dataDir, 'local.mbox');
    writeFileSync(local, mbox(mail({ id: 'local@example.org', subject: 'Local' })));
    for (const name of ['broken', 'good']) addSource(dataDir, { ...plain, url: `${server.origin}/${name}.mbox` });
    addSource(dataDir, { ...plain, url: join(dataDir, 'nothing.mbox') });
    addSource(dataDir, { ...plain, url: local });
    const report = await syncOnce({ dataDir, http: onLoopback, workers: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Good', 'Local']);
    expect(report.failed?.map(({ source }) => source.split('/').at(-1)).sort()).toEqual([
      'broken.mbox',
      'nothing.mbox',
    ]);
    const { sources } = await statsOf(dataDir);
    expect(sources.find(({ source }) => source.endsWith('/broken.mbox'))).toMatchObject({
      messages: 0,
      syncedAt: null,
      lastError: expect.stringContaining('status 500'),
    });
    expect(sources.find(({ source }) => source.endsWith('/good.mbox'))).toMatchObject({
      messages: 1,
      lastError: null,
      behind: 0,
    });
  });

  it.each([404, 410])('keeps what is no longer there (status %i), and says that it is not', async (code) => {
    const url = `${server.origin}/gauges.mbox`;
    server.pages.set('/gauges.mbox', mbox(mail({ id: 'good@example.org', subject: 'Good' })));
    addSource(dataDir, { ...plain, url });
    await syncOnce({ dataDir, http: onLoopback, workers: 1 });
    server.pages.set('/gauges.mbox', status(code));
    const report = await syncOnce({ dataDir, http: onLoopback, workers: 1 });
    expect(report).toMatchObject({
      removed: 0,
      failed: [{ source: url, error: expect.stringContaining('not there') }],
    });
    expect(await subjectsIn(dataDir)).toEqual(['Good']);
  });

  it('never follows a redirect into a private network', async () => {
    server.pages.set('/inside.mbox', redirect('http://127.0.0.1:9/'));
    const url = `${server.origin}/inside.mbox`;
    const careful = { ...onLoopback, allowPrivate: false };
    const report = await syncOnce({
      dataDir,
      http: careful,
      workers: 1,
      sources: [{ ...plain, url, kind: 'file-url' }],
    });
    expect(report.failed?.[0]?.error).toMatch(/ALLOW_PRIVATE_NETWORKS/);
    expect(server.requests).toEqual([]);
  });
});

describe('a schedule', () => {
  const minute = 60_000;
  const source = { ...plain, url: 'https://lists.example.org/gauges/', everyMinutes: 10 };
  const failed = (notBefore: number | null): Pick<IngestReport, 'failed'> => ({
    failed: [{ source: source.url, error: 'busy', notBefore }],
  });

  it('asks a source again after its time, give or take a fifth', () => {
    const waits = Array.from({ length: 200 }, () => nextDue(source, {}, undefined, {}, 0).at / minute);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...waits)).toBeLessThanOrEqual(12);
    expect(new Set(waits).size).toBeGreaterThan(100);
  });

  it('asks one that fails ever less often, and not before the server wants', () => {
    let due = nextDue(source, failed(null), undefined, {}, 0);
    const waits = [due.at];
    for (let time = 0; time < 10; time++) waits.push((due = nextDue(source, failed(null), due, {}, 0)).at);
    expect(waits[0]).toBeGreaterThanOrEqual(10 * minute);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(180 * minute);
    expect(Math.max(...waits)).toBeLessThanOrEqual(360 * minute);
    expect(nextDue(source, failed(1e9), undefined, {}, 0).at).toBe(1e9);
    expect(nextDue(source, {}, due, {}, 0).failures).toBe(0);
  });

  it('syncs at once, takes up what is added meanwhile, and ends when it is told to', async () => {
    server.pages.set('/one.mbox', mbox(mail({ id: 'one@example.org', subject: 'One' })));
    addSource(dataDir, { ...plain, url: `${server.origin}/one.mbox` });
    const stop = new AbortController();
    const reports: IngestReport[] = [];
    const errors: Error[] = [];
    const { signal } = stop;
    await watchSources({
      dataDir,
      http: onLoopback,
      workers: 1,
      signal,
      onReport: (report) => {
        reports.push(report);
        stop.abort();
      },
      onError: (error) => errors.push(error),
    });
    expect(reports).toMatchObject([{ added: 1 }]);
    expect(errors).toEqual([]);
  });
});
