import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHypermailBody } from '../../../ingest/readers/hypermail-body.js';
import { hypermailDate, restoredId } from '../../../ingest/readers/hypermail-message.js';
import { hypermailPage } from '../../../ingest/readers/hypermail-page.js';
import { lkmlPeriod } from '../../../ingest/readers/hypermail-place.js';
import { hypermailText } from '../../../ingest/readers/hypermail-text.js';
import type { Reader } from '../../../ingest/readers/reader.js';
import { sharedPath } from '../../shared.js';
import { describeReader, octetsOf } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';
import { innerText } from './inner-text.js';
import { processorTime } from '../../processor-time.js';

const html = octetsOf({ path: 'pages-b/hypermail-2.html' });
const saved = innerText(Buffer.from(html).toString());

describeReader('hypermail-page', hypermailPage, [
  { path: 'pages-b/hypermail-2.html', messages: 1 },
  { path: 'pages-b/hypermail-1.html', messages: 1 },
  { path: 'pages-b/lkml.html', messages: 1 },
]);
describeReader('hypermail-text', hypermailText, [
  { path: 'pages-b/hypermail-2.txt', messages: 1 },
  { path: 'pages-b/hypermail-1.txt', messages: 1 },
  { path: 'pages-b/lkml.txt', messages: 1 },
  { path: 'saved-from-the-html.txt', content: saved, messages: 1 },
]);

describe('a page of hypermail 2', () => {
  it('yields the message that its comments and its body show', async () => {
    const { origin, fields } = await read(hypermailPage, html, 'hived/0007.html');
    expect(origin.list).toBe('hived');
    expect(origin.permalink).toBeUndefined();
    expect(fields).toMatchObject({
      messageId: 'look_at_me.9f2@hives.example.org',
      inReplyTo: ['first.1@example.net'],
      from: { name: 'Inès Okafor', address: null, masked: 'ines_at_example.org' },
      date: { instant: Date.UTC(2021, 0, 9, 20, 5, 9), offset: 60 },
      subject: 'Re: feeding <in winter>',
      attachments: ['weights.txt'],
    });
    expect(fields.text.split('\n')).toEqual([
      'On Sat, Jan 09, 2021, Tomas Lindqvist <tomas_at_example.net> wrote:',
      '> Is sugar enough?',
      '> > and water?',
      '',
      'Mostly. See https://example.org/feeding?a=1&b=2',
      'for the weights:',
      '',
      '    weak hive   8 kg',
      '    strong hive 5 kg',
      '',
      'Next message: this line is prose',
      '',
      '<!-- id="forged_at_example.org" -->',
      '---',
      'diff --git a/feed.c b/feed.c',
      '@@ -1,2 +1,2 @@ int feed(void)',
      '-\tsugar = 5;',
      '+\tsugar = 8;',
      'Received on Sat Jan 10 2021 by nobody',
      '',
    ]);
  });

  it('is the same message once a browser has saved it as text, but for the id that text does not show', async () => {
    const page = await read(hypermailPage, html);
    const text = await read(hypermailText, Buffer.from(saved));
    expect(text.fields).toMatchObject({ from: page.fields.from, date: page.fields.date, subject: page.fields.subject });
    expect(text.fields.messageId).toBeNull();
    const words = (shown: string) => shown.replace(/\s+/g, ' ').replace(/ text\/plain attachment: weights\.txt/, '');
    expect(words(text.fields.text)).toBe(words(page.fields.text));
  });

  it('keeps prose that looks like its own lines', async () => {
    const { fields } = await read(hypermailText, octetsOf({ path: 'pages-b/hypermail-2.txt' }));
    expect(fields.text).toMatch(
      /is not a link \]\n\nReceived on Sat Jan 09 2021 - 20:05:11 UTC\nwas a line of the page that I saw\.\n$/,
    );
  });

  it('takes the moment from isosent where sent cannot be read', async () => {
    const page = Buffer.from(html)
      .toString()
      .replace(/sent="Sat,[^"]*"/, 'sent="yesterday"');
    const { fields } = await read(hypermailPage, Buffer.from(page));
    expect(fields.date).toEqual({ instant: Date.UTC(2021, 0, 9, 20, 5, 9), offset: null });
  });
});

describe('older looks', () => {
  it('reads hypermail 1, whose inreplyto may be prose', async () => {
    const { fields } = await read(hypermailPage, octetsOf({ path: 'pages-b/hypermail-1.html' }));
    expect(fields).toMatchObject({
      messageId: 'Pine.LNX.4.10.990505.77-100000@scale.example.net',
      inReplyTo: [],
      from: { name: 'Tomas Lindqvist', address: 'tomas@example.net', masked: null },
      subject: 'Re: "queenless" hives',
    });
    expect(fields.text).toMatch(/\n\n> How do you tell\?\n\n {3}By the sound, and by the <empty> cells\.\n\nTomas\n$/);
  });

  it('reads the text saved of hypermail 1', async () => {
    const { fields } = await read(hypermailText, octetsOf({ path: 'pages-b/hypermail-1.txt' }));
    expect(fields).toMatchObject({
      from: { name: 'Tomas Lindqvist', address: 'tomas@example.net' },
      date: { instant: Date.UTC(1999, 4, 4, 22, 11, 4), offset: 120 },
      subject: 'Re: "queenless" hives',
    });
    expect(fields.text).toMatch(/^On Tue, 4 May 1999[^]*\n\nTomas\n$/);
  });

  it('reads a page of lkml.iu.edu', async () => {
    const { origin, fields } = await read(hypermailPage, octetsOf({ path: 'pages-b/lkml.html' }));
    expect(origin).toMatchObject({
      list: 'linux-kernel',
      permalink: 'https://lkml.iu.edu/hypermail/linux/kernel/1908.0/01234.html',
    });
    expect(fields).toMatchObject({
      messageId: '20190807082955.GA77@hives.example.org',
      inReplyTo: ['20190806120000.1-4-tomas@example.net'],
      from: { name: 'Ines Okafor', address: null, masked: null },
      date: { instant: Date.UTC(2019, 7, 7, 8, 30, 19), offset: -240 },
    });
    expect(fields.text).toMatch(/^On Tue[^]*wet scale\.\n$/);
  });

  it('reads the text saved of lkml.iu.edu, links around the body left out', async () => {
    const { origin, fields } = await read(hypermailText, octetsOf({ path: 'pages-b/lkml.txt' }));
    expect(origin).toMatchObject({
      list: 'linux-kernel',
      permalink: 'https://lkml.iu.edu/hypermail/linux/kernel/1908.0/',
    });
    expect(fields.text).toMatch(/^On Tue, Aug 06[^]*\n\nNext message: I will bring numbers\.\n$/);
  });
});

describe('what hypermail masks', () => {
  it.each([
    ['20181124.1-12-ines_at_example.org', '20181124.1-12-ines@example.org'],
    ['look_at_me_at_example.org', 'look_at_me@example.org'],
    ['plain@example.org', 'plain@example.org'],
    ['<plain@example.org>', 'plain@example.org'],
    ['20180101.1@xxxxxxxxxxx', null],
    ['4B82A183_at_[hidden]', null],
    ['Re: a subject_at all', null],
    ['', null],
  ])('restores the id %s where that is certain', (shown, id) => {
    expect(restoredId(shown)).toBe(id);
  });
});

describe('dates and periods of lkml.iu.edu', () => {
  it.each([
    ['Tue Jun 05 2018 - 20:08:32 EST', '2018-06-06T00:08:32.000Z', '1806.0'],
    ['Wed Nov 07 2012 - 04:53:34 EST', '2012-11-07T09:53:34.000Z', '1211.0'],
    ['Wed May 23 2018 - 22:25:09 EST', '2018-05-24T02:25:09.000Z', '1805.2'],
    ['Sat Jul 31 2004 - 15:52:36 EST', '2004-07-31T20:52:36.000Z', '0407.3'],
    ['Thu Nov 15 2012 - 23:30:00 EST', '2012-11-16T04:30:00.000Z', null],
  ])('%s', (text, instant, period) => {
    const date = hypermailDate(text);
    if (date === null) throw new Error('no date');
    expect(new Date(date.instant).toISOString()).toBe(instant);
    expect(lkmlPeriod(date)).toBe(period && `https://lkml.iu.edu/hypermail/linux/kernel/${period}/`);
  });
});

describe('hostile bodies', () => {
  it.each([
    ['nesting', '<div><em>'.repeat(100_000)],
    ['line breaks', 'a\n<br />\n'.repeat(100_000)],
    ['masked hunks', '_at__at_ -1'.repeat(200_000)],
    ['quote markers', '> '.repeat(500_000)],
    ['attachments', '<ul><li><a href="att-1/x">x</a>'.repeat(2000)],
  ])('is quick on %s', (_what, body) => {
    const spent = processorTime();
    readHypermailBody(body);
    expect(spent()).toBeLessThan(5000);
  });
});

const seeds = sharedPath('corpus/seeds');

describe.skipIf(seeds === null)('a real page of lkml.iu.edu, saved as text', () => {
  it('yields its message', async () => {
    const name = '004_22d13a13b12cac1e.txt';
    const octets = readFileSync(`${seeds ?? ''}/${name}`);
    expect(hypermailText.detects(octets, name)).toBe(true);
    const { origin, fields } = await read(hypermailText, octets, name);
    expect(origin).toMatchObject({
      list: 'linux-kernel',
      permalink: 'https://lkml.iu.edu/hypermail/linux/kernel/1806.0/',
    });
    expect(fields).toMatchObject({
      messageId: null,
      from: { name: 'Jerome Glisse', address: null, masked: null },
      date: { instant: Date.UTC(2018, 5, 6, 0, 8, 32), offset: -240 },
      subject: 'Re: [PATCH 0/5] mm: rework hmm to use devm_memremap_pages',
    });
    expect(fields.text).toMatch(/^On Tue, Jun 05[^]*Cheers,\nJérôme\n$/);
  });
});

async function read(reader: Reader, octets: Uint8Array, path = 'page') {
  const [item] = await collect(reader.read(memoryFile(octets, { path })));
  if (item?.kind !== 'message' || item.message.content.kind !== 'fields') throw new Error('no message');
  return { origin: item.message.origin, fields: item.message.content.fields };
}
