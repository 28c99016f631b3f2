import { describe, expect, it } from 'vitest';
import { status } from '../../archive-servers/faulty.js';
import { blists, blistsMessage } from './archive-pages.js';
import { archiveStage } from './archive-stage.js';
import { follow, permalinksIn, subjectsIn } from './library.js';

const on = archiveStage();

describe('a list on Openwall', () => {
  it('is read by months and days, and then from where it was left', async () => {
    blists(on.server, { '01': 2, '02': 1 });
    const url = `${on.server.origin}/gauges/`;
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 3, added: 3 });
    expect(await permalinksIn(on.dataDir)).toEqual(['01/1', '01/2', '02/1'].map((page) => `${url}2024/03/${page}`));
    on.visited();

    await follow(on.dataDir, url);
    expect(on.visited()).toEqual(['/gauges/']);

    blists(on.server, { '01': 2, '02': 2 });
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(on.visited()).toEqual(['/gauges/', '/gauges/2024/03/', '/gauges/2024/03/02/2']);
  });

  it('gives one day or one message where its URL names that', async () => {
    blists(on.server, { '01': 2, '02': 1 });
    expect(await follow(on.dataDir, `${on.server.origin}/gauges/2024/03/02/`)).toMatchObject({ read: 1 });
    expect(await follow(on.dataDir, `${on.server.origin}/gauges/2024/03/01/2`)).toMatchObject({ read: 1 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 2', 'Gauge 3']);
  });

  it('keeps what was read where the server fails on the way, and passes over messages that were taken out', async () => {
    blists(on.server, { '01': 4 });
    on.server.pages.set('/gauges/2024/03/01/2', status(404));
    on.server.pages.set('/gauges/2024/03/01/4', status(500));
    const report = await follow(on.dataDir, `${on.server.origin}/gauges/`);
    expect(report).toMatchObject({ read: 2, failed: [{ error: expect.stringContaining('status 500') }] });
    on.visited();
    on.server.pages.set('/gauges/2024/03/01/4', blistsMessage(4));
    expect(await follow(on.dataDir, `${on.server.origin}/gauges/`)).toMatchObject({ read: 1, added: 1 });
    expect(on.visited().at(-1)).toBe('/gauges/2024/03/01/4');
  });

  it('is left alone where its robots.txt says so', async () => {
    blists(on.server, { '01': 1 });
    on.server.pages.set('/robots.txt', 'User-agent: *\nDisallow: /gauges/2024/');
    const report = await follow(on.dataDir, `${on.server.origin}/gauges/`);
    expect(report).toMatchObject({ read: 0, failed: [{ error: expect.stringContaining('robots.txt') }] });
    expect(on.visited()).not.toContain('/gauges/2024/03/');
  });
});
