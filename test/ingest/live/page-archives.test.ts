import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { faultyServer, redirect, status, type FaultyServer } from '../../archive-servers/faulty.js';
import { folders, mail, mbox } from '../archives.js';
import { follow, permalinksIn, statsOf, subjectsIn } from './library.js';

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

function visited(): string[] {
  return server.requests.splice(0).map((request) => request.replace('GET ', ''));
}

/** A blists page of a message, as its list shows it. */
function blistsMessage(number: number): string {
  return `<html><head><title>gauges - Gauge ${number}</title></head><body>
<a href="${number + 1}">[next&gt;]</a> <a href=".">[day]</a> <a href="..">[month]</a> <a href="../..">[year]</a> <a href="../../..">[list]</a>
<pre style="white-space: pre-wrap">
Message-ID: &lt;o${number}&#64;example.org&gt;
Date: Fri, 1 Mar 2024 0${number}:00:00 +0000
From: Ann Lee &lt;ann&#64;...mple.org&gt;
To: gauges&#64;...ts.example.org
Subject: Gauge ${number}

Gauge ${number} was mended with tape.

</pre>
<p><a href="https://www.openwall.com/blists/">Powered by blists</a></body></html>`;
}

const blistsFoot = '<p><a href="https://www.openwall.com/blists/">Powered by blists</a></body></html>';

function blists(days: Readonly<Record<string, number>>): void {
  const total = Object.values(days).reduce((sum, count) => sum + count, 0);
  server.pages.set('/gauges/', `<html><body><a href="2024/">2024</a> <a href="2024/03/">${total}</a>${blistsFoot}`);
  const links = Object.entries(days).map(
    ([day, count]) => `<a href="${day}/">${count} messages</a> <a href="${day}/">9 more messages</a>`,
  );
  server.pages.set('/gauges/2024/03/', `<html><body>${links.join('\n')}${blistsFoot}`);
  let number = 0;
  for (const [day, count] of Object.entries(days)) {
    const items = Array.from({ length: count }, (_, at) => `<li><a href="${at + 1}">Gauge</a>`);
    server.pages.set(`/gauges/2024/03/${day}/`, `<html><body>${items.join('')}${blistsFoot}`);
    for (let at = 1; at <= count; at++) server.pages.set(`/gauges/2024/03/${day}/${at}`, blistsMessage(++number));
  }
}

describe('a list on Openwall', () => {
  it('is read by months and days, and then from where it was left', async () => {
    blists({ '01': 2, '02': 1 });
    const url = `${server.origin}/gauges/`;
    expect(await follow(dataDir, url)).toMatchObject({ read: 3, added: 3 });
    expect(await permalinksIn(dataDir)).toEqual(['01/1', '01/2', '02/1'].map((page) => `${url}2024/03/${page}`));
    visited();

    await follow(dataDir, url);
    expect(visited()).toEqual(['/gauges/']);

    blists({ '01': 2, '02': 2 });
    expect(await follow(dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(visited()).toEqual(['/gauges/', '/gauges/2024/03/', '/gauges/2024/03/02/2']);
  });

  it('gives one day or one message where its URL names that', async () => {
    blists({ '01': 2, '02': 1 });
    expect(await follow(dataDir, `${server.origin}/gauges/2024/03/02/`)).toMatchObject({ read: 1 });
    expect(await follow(dataDir, `${server.origin}/gauges/2024/03/01/2`)).toMatchObject({ read: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 2', 'Gauge 3']);
  });

  it('keeps what was read where the server fails on the way, and passes over messages that were taken out', async () => {
    blists({ '01': 4 });
    server.pages.set('/gauges/2024/03/01/2', status(404));
    server.pages.set('/gauges/2024/03/01/4', status(500));
    const report = await follow(dataDir, `${server.origin}/gauges/`);
    expect(report).toMatchObject({ read: 2, failed: [{ error: expect.stringContaining('status 500') }] });
    visited();
    server.pages.set('/gauges/2024/03/01/4', blistsMessage(4));
    expect(await follow(dataDir, `${server.origin}/gauges/`)).toMatchObject({ read: 1, added: 1 });
    expect(visited().at(-1)).toBe('/gauges/2024/03/01/4');
  });

  it('is left alone where its robots.txt says so', async () => {
    blists({ '01': 1 });
    server.pages.set('/robots.txt', 'User-agent: *\nDisallow: /gauges/2024/');
    const report = await follow(dataDir, `${server.origin}/gauges/`);
    expect(report).toMatchObject({ read: 0, failed: [{ error: expect.stringContaining('robots.txt') }] });
    expect(visited()).not.toContain('/gauges/2024/03/');
  });
});

function hypermailMessage(number: number): string {
  return `<html><head><meta name="generator" content="hypermail 2.4.1" /><title>Gauge ${number}</title></head><body>
<!-- received="Fri Mar 01 0${number}:00:00 2024" -->
<!-- isoreceived="202403010${number}0000" -->
<!-- sent="Fri, 01 Mar 2024 0${number}:00:00 +0000" -->
<!-- isosent="202403010${number}0000" -->
<!-- name="Ann Lee" -->
<!-- email="ann_at_example.org" -->
<!-- subject="Gauge ${number}" -->
<!-- id="h${number}_at_example.org" -->
<!-- charset="UTF-8" -->
<!-- inreplyto="" -->
<!-- expires="-1" -->
<div class="mail">
<!-- body="start" -->
<p>Gauge ${number} is read from below.</p>
<!-- body="end" -->
</div></body></html>`;
}

describe('a period of a hypermail archive', () => {
  it('is read by its index page, and then what was added', async () => {
    const put = (count: number): void => {
      const links = Array.from({ length: count }, (_, at) => `<a href="000${at + 1}.html">Gauge</a>`);
      server.pages.set(
        '/hypermail/gauges/2403.0/',
        `<html><meta name="generator" content="hypermail 2.4.1">${links.join('')}</html>`,
      );
      for (let at = 1; at <= count; at++)
        server.pages.set(`/hypermail/gauges/2403.0/000${at}.html`, hypermailMessage(at));
    };
    put(2);
    const url = `${server.origin}/hypermail/gauges/2403.0/`;
    const report = await follow(dataDir, url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ read: 2, added: 2 });
    visited();
    await follow(dataDir, url);
    expect(visited()).toEqual(['/hypermail/gauges/2403.0/']);
    put(3);
    expect(await follow(dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await subjectsIn(dataDir)).toEqual(['Gauge 1', 'Gauge 2', 'Gauge 3']);
    expect((await permalinksIn(dataDir))[0]).toBe(`${url}0001.html`);
  });
});

describe('a hypermail archive as a whole', () => {
  const hypermail = (...hrefs: string[]): string =>
    `<html><meta name="generator" content="hypermail 2.4.1">${hrefs.map((href) => `<a href="${href}">x</a>`).join('')}</html>`;

  it('is read period by period in their order; those that lie back are not asked for again', async () => {
    const root = '/hypermail/gauges/';
    const put = (period: string, ...numbers: number[]): void => {
      server.pages.set(`${root}${period}/`, hypermail(...numbers.map((number) => `000${number}.html`)));
      for (const number of numbers) server.pages.set(`${root}${period}/000${number}.html`, hypermailMessage(number));
    };
    server.pages.set(root, hypermail('2401.0/', '2312.10/index.html', '2312.9/', '/elsewhere/2402.0/', 'about/'));
    put('2312.9', 1);
    put('2312.10', 2);
    put('2401.0', 3);
    const url = `${server.origin}${root}`;
    expect(await follow(dataDir, url)).toMatchObject({ added: 3 });
    const pages = visited().filter((page) => page.endsWith('.html'));
    expect(pages).toEqual(['2312.9/0001.html', '2312.10/0002.html', '2401.0/0003.html'].map((page) => root + page));
    put('2401.0', 3, 4);
    expect(await follow(dataDir, url)).toMatchObject({ added: 1 });
    expect(visited()).toEqual([root, `${root}2312.10/`, `${root}2401.0/`, `${root}2401.0/0004.html`]);
    expect((await statsOf(dataDir)).lists.map(({ list }) => list)).toEqual(['gauges']);
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
      server.pages.set(page, index);
    server.pages.set('/hypermail/gauges/2403.0', redirect('/hypermail/gauges/2403.0/'));
    server.pages.set('/moved/', redirect('/hypermail/gauges/2403.0/'));
    server.pages.set('/hypermail/gauges/2403.0/0001.html', hypermailMessage(1));
    const report = await follow(dataDir, `${server.origin}${path}`);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 1 });
  });
});

describe('an archive that moved to another origin, as lists do to https', () => {
  it.each([
    ['Openwall', '/gauges/', 3],
    ['hypermail', '/hypermail/gauges/', 1],
    ['pipermail', '/pipermail/gauges/', 1],
  ])('is read where it is now: %s', async (_what, path, count) => {
    blists({ '01': 2, '02': 1 });
    const generated = '<html><meta name="generator" content="hypermail 2.4.1">';
    server.pages.set('/hypermail/gauges/', `${generated}<a href="2403.0/">March</a></html>`);
    server.pages.set('/hypermail/gauges/2403.0/', `${generated}<a href="0001.html">Gauge</a></html>`);
    server.pages.set('/hypermail/gauges/2403.0/0001.html', hypermailMessage(1));
    server.pages.set('/pipermail/gauges/', '<html><!-- Pipermail --><a href="2024-March.txt.gz">text</a></html>');
    server.pages.set('/pipermail/gauges/2024-March.txt.gz', gzipSync(mbox(mail({ subject: 'Gauge' }))));
    const old = await faultyServer();
    const moved = server.origin;
    for (let at = 0; at < 99; at++)
      old.faults.push((request, response) => redirect(moved + (request.url ?? ''))(request, response));
    try {
      const report = await follow(dataDir, old.origin + path);
      expect(report.failed).toBeUndefined();
      expect(report).toMatchObject({ added: count });
      expect(await follow(dataDir, old.origin + path)).toMatchObject({ read: 0 });

      const other = make();
      server.pages.set('/robots.txt', `User-agent: *\nDisallow: ${path}\n`);
      expect((await follow(other, old.origin + path)).failed?.[0]?.error).toContain('robots.txt');
    } finally {
      await old.close();
    }
  });
});

describe('an archive of Mailman', () => {
  const month = (...numbers: number[]): Buffer =>
    gzipSync(
      mbox(
        ...numbers.map((number) =>
          mail({ id: `p${number}@example.org`, subject: `Gauge ${number}`, text: `Gauge ${number} is new.` }),
        ),
      ),
    );

  it('is read by pipermail’s months; old ones are fetched once', async () => {
    const put = (...months: string[]): void =>
      void server.pages.set(
        '/pipermail/gauges/',
        `<html><!-- Pipermail -->${months.map((one) => `<a href="${one}.txt.gz">text</a>`).join('')}</html>`,
      );
    put('2024-March', '2024-February', '2024-January');
    server.pages.set('/pipermail/gauges/2024-January.txt.gz', month(1));
    server.pages.set('/pipermail/gauges/2024-February.txt.gz', month(2, 3));
    server.pages.set('/pipermail/gauges/2024-March.txt.gz', month(4));
    const url = `${server.origin}/pipermail/gauges/`;
    expect(await follow(dataDir, url)).toMatchObject({ read: 4, added: 4 });
    visited();
    put('2024-April', '2024-March', '2024-February', '2024-January');
    server.pages.set('/pipermail/gauges/2024-March.txt.gz', month(4, 5));
    server.pages.set('/pipermail/gauges/2024-April.txt.gz', month(6));
    expect(await follow(dataDir, url)).toMatchObject({ added: 2 });
    expect(visited().slice(1)).toEqual(['/pipermail/gauges/2024-March.txt.gz', '/pipermail/gauges/2024-April.txt.gz']);
  });

  it('is read by HyperKitty’s export', async () => {
    const url = `${server.origin}/archives/list/gauges@lists.example.org/`;
    const now = new Date();
    const path = `/archives/list/gauges@lists.example.org/${now.getUTCFullYear()}/${now.getUTCMonth() + 1}/`;
    server.pages.set(
      '/archives/list/gauges@lists.example.org/',
      `<html>HyperKitty <a href="${path}">this month</a></html>`,
    );
    const exported = new RegExp('^/archives/list/gauges@lists.example.org/export/gauges%40lists.example.org-');
    const serve = (content: Buffer): void => {
      const day = now.toISOString().slice(0, 8);
      for (let date = 1; date <= 31; date++)
        server.pages.set(
          `/archives/list/gauges@lists.example.org/export/gauges%40lists.example.org-${day}${String(date).padStart(2, '0')}.mbox.gz`,
          content,
        );
    };
    serve(month(1, 2));
    const report = await follow(dataDir, url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 2 });
    visited();
    serve(month(2, 3));
    expect(await follow(dataDir, url)).toMatchObject({ added: 1 });
    expect(visited().every((request) => exported.test(request))).toBe(true);
  });
});

describe('a file at a URL', () => {
  it('is fetched again when its ETag changes', async () => {
    server.pages.set('/gauges.mbox', mbox(mail({ id: 'f1@example.org' })));
    const url = `${server.origin}/gauges.mbox`;
    expect(await follow(dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await follow(dataDir, url)).toMatchObject({ read: 0 });
    server.pages.set(
      '/gauges.mbox',
      mbox(mail({ id: 'f1@example.org' }), mail({ id: 'f2@example.org', subject: 'More' })),
    );
    expect(await follow(dataDir, url)).toMatchObject({ added: 1 });
  });

  it('is no mail where a web page came, and says so', async () => {
    server.pages.set('/gauges.mbox', '<!doctype html><html><title>Please log in</title></html>');
    const { failed } = await follow(dataDir, `${server.origin}/gauges.mbox`);
    expect(failed?.[0]?.error).toMatch(/web page, where mail was expected/);
  });
});

describe('an Atom feed', () => {
  it('is asked for by its ETag, and each entry is a message', async () => {
    server.pages.set(
      '/feed',
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gauges</title>
<entry><id>tag:example.org,2024:1</id><title>Seams &amp; tape</title><updated>2024-03-01T10:00:00Z</updated>
<author><name>Ann Lee</name></author><link href="/posts/1"/><content type="html">&lt;p&gt;Tape holds for &lt;b&gt;two&lt;/b&gt; days.&lt;/p&gt;</content></entry></feed>`,
    );
    const url = `${server.origin}/feed`;
    expect(await follow(dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await permalinksIn(dataDir)).toEqual([`${server.origin}/posts/1`]);
    visited();
    expect(await follow(dataDir, url)).toMatchObject({ read: 0 });
    expect(visited()).toEqual(['/feed']);
  });
});
