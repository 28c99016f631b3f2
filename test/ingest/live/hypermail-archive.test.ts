import { describe, expect, it } from 'vitest';
import { redirect } from '../../archive-servers/faulty.js';
import { hypermailMessage } from './archive-pages.js';
import { archiveStage } from './archive-stage.js';
import { follow, permalinksIn, statsOf, subjectsIn } from './library.js';

const on = archiveStage();

describe('a period of a hypermail archive', () => {
  it('is read by its index page, and then what was added', async () => {
    const put = (count: number): void => {
      const links = Array.from({ length: count }, (_, at) => `<a href="000${at + 1}.html">Gauge</a>`);
      on.server.pages.set(
        '/hypermail/gauges/2403.0/',
        `<html><meta name="generator" content="hypermail 2.4.1">${links.join('')}</html>`,
      );
      for (let at = 1; at <= count; at++)
        on.server.pages.set(`/hypermail/gauges/2403.0/000${at}.html`, hypermailMessage(at));
    };
    put(2);
    const url = `${on.server.origin}/hypermail/gauges/2403.0/`;
    const report = await follow(on.dataDir, url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ read: 2, added: 2 });
    on.visited();
    await follow(on.dataDir, url);
    expect(on.visited()).toEqual(['/hypermail/gauges/2403.0/']);
    put(3);
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(on.dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
    expect((await permalinksIn(on.dataDir))[0]).toBe(`${url}0001.html`);
  });
});

describe('a hypermail archive as a whole', () => {
  const hypermail = (...hrefs: string[]): string =>
    `<html><meta name="generator" content="hypermail 2.4.1">${hrefs.map((href) => `<a href="${href}">x</a>`).join('')}</html>`;

  it('is read period by period in their order; those that lie back are not asked for again', async () => {
    const root = '/hypermail/gauges/';
    const put = (period: string, ...numbers: number[]): void => {
      on.server.pages.set(`${root}${period}/`, hypermail(...numbers.map((number) => `000${number}.html`)));
      for (const number of numbers) on.server.pages.set(`${root}${period}/000${number}.html`, hypermailMessage(number));
    };
    on.server.pages.set(root, hypermail('2401.0/', '2312.10/index.html', '2312.9/', '/elsewhere/2402.0/', 'about/'));
    put('2312.9', 1);
    put('2312.10', 2);
    put('2401.0', 3);
    const url = `${on.server.origin}${root}`;
    expect(await follow(on.dataDir, url)).toMatchObject({ added: 3 });
    const pages = on.visited().filter((page) => page.endsWith('.html'));
    expect(pages).toEqual(['2312.9/0001.html', '2312.10/0002.html', '2401.0/0003.html'].map((page) => root + page));
    put('2401.0', 3, 4);
    expect(await follow(on.dataDir, url)).toMatchObject({ added: 1 });
    expect(on.visited()).toEqual([root, `${root}2312.10/`, `${root}2401.0/`, `${root}2401.0/0004.html`]);
    expect((await statsOf(on.dataDir)).lists.map(({ list }) => list)).toEqual(['gauges']);
  });
});

describe('an archive that is named oddly', () => {
  it.each([
    '/hypermail/gauges/2403.0',
    '/hypermail/gauges/2403.0/index.html',
    '/hypermail/gauges/2403.0/#start',
    '/moved/',
  ])('is read all the same: %s', async (path) => {
    const index = `<html><meta name="generator" content="hypermail 2.4.1"><a href="0001.html">Gauge</a></html>`;
    for (const page of ['/hypermail/gauges/2403.0/', '/hypermail/gauges/2403.0/index.html'])
      on.server.pages.set(page, index);
    on.server.pages.set('/hypermail/gauges/2403.0', redirect('/hypermail/gauges/2403.0/'));
    on.server.pages.set('/moved/', redirect('/hypermail/gauges/2403.0/'));
    on.server.pages.set('/hypermail/gauges/2403.0/0001.html', hypermailMessage(1));
    const report = await follow(on.dataDir, `${on.server.origin}${path}`);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 1 });
  });
});
