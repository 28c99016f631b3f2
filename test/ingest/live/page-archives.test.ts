import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { faultyServer, redirect } from '../../archive-servers/faulty.js';
import { mail, mbox } from '../archives.js';
import { blists, hypermailMessage } from './archive-pages.js';
import { archiveStage } from './archive-stage.js';
import { follow, permalinksIn } from './library.js';

const on = archiveStage();

describe('an archive that moved to another origin, as lists do to https', () => {
  it.each([
    ['Openwall', '/gauges/', 3],
    ['hypermail', '/hypermail/gauges/', 1],
    ['pipermail', '/pipermail/gauges/', 1],
  ])('is read where it is now: %s', async (_what, path, count) => {
    blists(on.server, { '01': 2, '02': 1 });
    const generated = '<html><meta name="generator" content="hypermail 2.4.1">';
    on.server.pages.set('/hypermail/gauges/', `${generated}<a href="2403.0/">March</a></html>`);
    on.server.pages.set('/hypermail/gauges/2403.0/', `${generated}<a href="0001.html">Gauge</a></html>`);
    on.server.pages.set('/hypermail/gauges/2403.0/0001.html', hypermailMessage(1));
    on.server.pages.set('/pipermail/gauges/', '<html><!-- Pipermail --><a href="2024-March.txt.gz">text</a></html>');
    on.server.pages.set('/pipermail/gauges/2024-March.txt.gz', gzipSync(mbox(mail({ subject: 'Gauge' }))));
    const old = await faultyServer();
    const moved = on.server.origin;
    for (let at = 0; at < 99; at++)
      old.faults.push((request, response) => redirect(moved + (request.url ?? ''))(request, response));
    try {
      const report = await follow(on.dataDir, old.origin + path);
      expect(report.failed).toBeUndefined();
      expect(report).toMatchObject({ added: count });
      expect(await follow(on.dataDir, old.origin + path)).toMatchObject({ read: 0 });

      const other = on.folder();
      on.server.pages.set('/robots.txt', `User-agent: *\nDisallow: ${path}\n`);
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
      void on.server.pages.set(
        '/pipermail/gauges/',
        `<html><!-- Pipermail -->${months.map((one) => `<a href="${one}.txt.gz">text</a>`).join('')}</html>`,
      );
    put('2024-March', '2024-February', '2024-January');
    on.server.pages.set('/pipermail/gauges/2024-January.txt.gz', month(1));
    on.server.pages.set('/pipermail/gauges/2024-February.txt.gz', month(2, 3));
    on.server.pages.set('/pipermail/gauges/2024-March.txt.gz', month(4));
    const url = `${on.server.origin}/pipermail/gauges/`;
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 4, added: 4 });
    on.visited();
    put('2024-April', '2024-March', '2024-February', '2024-January');
    on.server.pages.set('/pipermail/gauges/2024-March.txt.gz', month(4, 5));
    on.server.pages.set('/pipermail/gauges/2024-April.txt.gz', month(6));
    expect(await follow(on.dataDir, url)).toMatchObject({ added: 2 });
    expect(on.visited().slice(1)).toEqual([
      '/pipermail/gauges/2024-March.txt.gz',
      '/pipermail/gauges/2024-April.txt.gz',
    ]);
  });

  it('is read by HyperKitty’s export', async () => {
    const url = `${on.server.origin}/archives/list/gauges@lists.example.org/`;
    const now = new Date();
    const path = `/archives/list/gauges@lists.example.org/${now.getUTCFullYear()}/${now.getUTCMonth() + 1}/`;
    on.server.pages.set(
      '/archives/list/gauges@lists.example.org/',
      `<html>HyperKitty <a href="${path}">this month</a></html>`,
    );
    const exported = new RegExp('^/archives/list/gauges@lists.example.org/export/gauges%40lists.example.org-');
    const serve = (content: Buffer): void => {
      const day = now.toISOString().slice(0, 8);
      for (let date = 1; date <= 31; date++)
        on.server.pages.set(
          `/archives/list/gauges@lists.example.org/export/gauges%40lists.example.org-${day}${String(date).padStart(2, '0')}.mbox.gz`,
          content,
        );
    };
    serve(month(1, 2));
    const report = await follow(on.dataDir, url);
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ added: 2 });
    on.visited();
    serve(month(2, 3));
    expect(await follow(on.dataDir, url)).toMatchObject({ added: 1 });
    expect(on.visited().every((request) => exported.test(request))).toBe(true);
  });
});

describe('a file at a URL', () => {
  it('is fetched again when its ETag changes', async () => {
    on.server.pages.set('/gauges.mbox', mbox(mail({ id: 'f1@example.org' })));
    const url = `${on.server.origin}/gauges.mbox`;
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 0 });
    on.server.pages.set(
      '/gauges.mbox',
      mbox(mail({ id: 'f1@example.org' }), mail({ id: 'f2@example.org', subject: 'More' })),
    );
    expect(await follow(on.dataDir, url)).toMatchObject({ added: 1 });
  });

  it('is no mail where a web page came, and says so', async () => {
    on.server.pages.set('/gauges.mbox', '<!doctype html><html><title>Please log in</title></html>');
    const { failed } = await follow(on.dataDir, `${on.server.origin}/gauges.mbox`);
    expect(failed?.[0]?.error).toMatch(/web page, where mail was expected/);
  });
});

describe('an Atom feed', () => {
  it('is asked for by its ETag, and each entry is a message', async () => {
    on.server.pages.set(
      '/feed',
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gauges</title>
<entry><id>tag:example.org,2024:1</id><title>Seams &amp; tape</title><updated>2024-03-01T10:00:00Z</updated>
<author><name>Ann Lee</name></author><link href="/posts/1"/><content type="html">&lt;p&gt;Tape holds for &lt;b&gt;two&lt;/b&gt; days.&lt;/p&gt;</content></entry></feed>`,
    );
    const url = `${on.server.origin}/feed`;
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 1, added: 1 });
    expect(await permalinksIn(on.dataDir)).toEqual([`${on.server.origin}/posts/1`]);
    on.visited();
    expect(await follow(on.dataDir, url)).toMatchObject({ read: 0 });
    expect(on.visited()).toEqual(['/feed']);
  });
});
