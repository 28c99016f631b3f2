import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextDue, syncOnce, watchSources } from '../../../ingest/follow.js';
import { addSource, readSources, removeSource, sourcesPath } from '../../../ingest/sources.js';
import type { IngestReport } from '../../../ingest/report.js';
import { redirect, status } from '../../archive-servers/faulty.js';
import { mail, mbox } from '../archives.js';
import { archiveStage } from './archive-stage.js';
import { onLoopback, statsOf, subjectsIn } from './library.js';

const on = archiveStage();

const plain = { kind: null, list: null, everyMinutes: null } as const;

describe('sources.json', () => {
  it('keeps what is added, once, and forgets what is removed', () => {
    addSource(on.dataDir, { ...plain, url: 'https://lists.example.org/gauges/' });
    addSource(on.dataDir, { ...plain, url: 'https://lists.example.org/gauges/', list: 'gauges' });
    addSource(on.dataDir, { ...plain, url: '/srv/mail/valves.mbox', everyMinutes: 60 });
    expect(readSources(on.dataDir)).toEqual([
      { ...plain, url: 'https://lists.example.org/gauges/', list: 'gauges' },
      { ...plain, url: '/srv/mail/valves.mbox', everyMinutes: 60 },
    ]);
    expect(removeSource(on.dataDir, '/srv/mail/valves.mbox')).toBe(true);
    expect(removeSource(on.dataDir, '/srv/mail/valves.mbox')).toBe(false);
    expect(JSON.parse(readFileSync(sourcesPath(on.dataDir), 'utf8'))).toEqual({
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
    addSource(on.dataDir, { ...plain, url: written });
    addSource(on.dataDir, { ...plain, url });
    expect(readSources(on.dataDir)).toEqual([{ ...plain, url }]);
    expect(removeSource(on.dataDir, written)).toBe(true);
  });

  it.each([
    '{',
    '[]',
    '{"sources": [{"url": ""}]}',
    '{"sources": [{"url": "https://x.example.org", "kind": "usenet"}]}',
  ])('is refused, saying where and why: %s', (content) => {
    writeFileSync(sourcesPath(on.dataDir), content);
    expect(() => readSources(on.dataDir)).toThrow(/sources\.json/);
  });

  it('takes no URL that is never read', () => {
    expect(() => addSource(on.dataDir, { ...plain, url: 'ftp://example.org/mail' })).toThrow(
      /http, https, nntp and nntps/,
    );
    expect(() => addSource(on.dataDir, { ...plain, url: 'https://me:secret@example.org/' })).toThrow(/password/);
  });
});

describe('a sync', () => {
  it('reads every source, whatever is wrong with others, and says what is', async () => {
    on.server.pages.set('/good.mbox', mbox(mail({ id: 'good@example.org', subject: 'Good' })));
    on.server.pages.set('/broken.mbox', status(500));
    on.server.pages.set('/inside.mbox', redirect('http://169.254.169.254/latest/meta-data/'));
    const local = join(on.dataDir, 'local.mbox');
    writeFileSync(local, mbox(mail({ id: 'local@example.org', subject: 'Local' })));
    for (const name of ['broken', 'good']) addSource(on.dataDir, { ...plain, url: `${on.server.origin}/${name}.mbox` });
    addSource(on.dataDir, { ...plain, url: join(on.dataDir, 'nothing.mbox') });
    addSource(on.dataDir, { ...plain, url: local });
    const report = await syncOnce({ dataDir: on.dataDir, http: onLoopback, workers: 1 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Good', 'Local']);
    expect(report.failed?.map(({ source }) => source.split('/').at(-1)).sort()).toEqual([
      'broken.mbox',
      'nothing.mbox',
    ]);
    const { sources } = await statsOf(on.dataDir);
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
    const url = `${on.server.origin}/gauges.mbox`;
    on.server.pages.set('/gauges.mbox', mbox(mail({ id: 'good@example.org', subject: 'Good' })));
    addSource(on.dataDir, { ...plain, url });
    await syncOnce({ dataDir: on.dataDir, http: onLoopback, workers: 1 });
    on.server.pages.set('/gauges.mbox', status(code));
    const report = await syncOnce({ dataDir: on.dataDir, http: onLoopback, workers: 1 });
    expect(report).toMatchObject({
      removed: 0,
      failed: [{ source: url, error: expect.stringContaining('not there') }],
    });
    expect(await subjectsIn(on.dataDir)).toEqual(['Good']);
  });

  it('never follows a redirect into a private network', async () => {
    on.server.pages.set('/inside.mbox', redirect('http://127.0.0.1:9/'));
    const url = `${on.server.origin}/inside.mbox`;
    const careful = { ...onLoopback, allowPrivate: false };
    const report = await syncOnce({
      dataDir: on.dataDir,
      http: careful,
      workers: 1,
      sources: [{ ...plain, url, kind: 'file-url' }],
    });
    expect(report.failed?.[0]?.error).toMatch(/ALLOW_PRIVATE_NETWORKS/);
    expect(on.server.requests).toEqual([]);
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
    on.server.pages.set('/one.mbox', mbox(mail({ id: 'one@example.org', subject: 'One' })));
    addSource(on.dataDir, { ...plain, url: `${on.server.origin}/one.mbox` });
    const stop = new AbortController();
    const reports: IngestReport[] = [];
    const errors: Error[] = [];
    const { signal } = stop;
    await watchSources({
      dataDir: on.dataDir,
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
