import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseOpenwallMessage } from '../../../ingest/readers/openwall-message.js';
import { openwallPage } from '../../../ingest/readers/openwall-page.js';
import { openwallDay } from '../../../ingest/readers/openwall-place.js';
import { openwallText } from '../../../ingest/readers/openwall-text.js';
import type { Reader } from '../../../ingest/readers/reader.js';
import { sharedPath } from '../../shared.js';
import { describeReader, octetsOf } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';
import { innerText } from './inner-text.js';
import { processorTime } from '../../processor-time.js';

const html = octetsOf({ path: 'pages-b/openwall.html' });
const saved = innerText(Buffer.from(html).toString());

describeReader('openwall-page', openwallPage, [
  { path: 'pages-b/openwall.html', messages: 1 },
  { path: 'archive/capacitor-measurement.html', messages: 1 },
]);
describeReader('openwall-text', openwallText, [
  { path: 'pages-b/openwall.txt', messages: 1 },
  { path: 'saved-from-the-html.txt', content: saved, messages: 1 },
]);

describe('a page of Openwall', () => {
  it('yields the message as the page shows it', async () => {
    const { origin, fields } = await read(openwallPage, html, 'pages-b/openwall.html');
    expect(origin).toMatchObject({
      list: 'linux-ext4',
      permalink: 'https://lists.openwall.net/linux-ext4/2021/03/05/17',
    });
    expect(fields).toMatchObject({
      messageId: '20210305.7f31@hives.example.org',
      from: { name: 'Okafor, Inès', address: null, masked: 'ines@...mple.org' },
      cc: [
        { name: null, address: null, masked: 'linux-ext4@...r.kernel.org' },
        { name: 'Hive, list', address: null, masked: 'hived@...ts.example.org' },
      ],
      date: { instant: Date.UTC(2021, 2, 5, 8, 15, 2), offset: 60 },
      subject: 'Re: [PATCH v2 1/2] hived: keep the last reading when a scale drops out',
      attachments: ['trace-<1>.txt'],
    });
    expect(fields.text.split('\n')).toEqual([
      'On Thu, Mar 04, 2021 at 06:02:11PM +0000, Tomas Lindqvist wrote:',
      '> A scale that drops out reads zero, and zero looks like a stolen hive.',
      '',
      'Agreed, but please keep the time of the last good reading as well:',
      '',
      '    reading.age = now - reading.taken;',
      '',
      'Subject: this line is prose, and so is the next one',
      'From: nobody at all',
      '',
      '[<prev] [next>] [day] [month] [year] [list]',
      '',
    ]);
  });

  it('is the same message once a browser has saved it as text, but for its place', async () => {
    const page = await read(openwallPage, html);
    const text = await read(openwallText, Buffer.from(saved));
    expect(text.fields).toEqual(page.fields);
    expect(text.origin).toMatchObject({
      list: 'linux-ext4',
      permalink: 'https://lists.openwall.net/linux-ext4/2021/03/05/',
    });
  });

  it('gives the index of the day in UTC where the text says no more, and keeps a quoted footer', async () => {
    const { origin, fields } = await read(openwallText, octetsOf({ path: 'pages-b/openwall.txt' }));
    expect(origin).toMatchObject({
      list: 'linux-kernel',
      permalink: 'https://lists.openwall.net/linux-kernel/2021/03/05/',
    });
    expect(fields.messageId).toBeNull();
    expect(fields.subject).toBe('Re: [PATCH v2 1/2] hived: keep the last reading when a scale drops out');
    expect(fields.text).toMatch(
      /this mail quotes it:\n\nPowered by blists - more mailing lists\n\nThat was the quotation\.\n$/,
    );
  });

  it('has no permalink where Openwall does not carry the list', async () => {
    const page = Buffer.from(html)
      .toString()
      .replace('linux-ext4 - Re', 'hive-keepers - Re')
      .replace(/<!--.*-->/, '');
    const { origin } = await read(openwallPage, Buffer.from(page), '2021-03-05-17.html');
    expect(origin.list).toBe('hive-keepers');
    expect(origin.permalink).toBeUndefined();
  });

  it.each([
    ['2021-03-05-17.html', { list: null, day: '2021/03/05', number: 17 }],
    ['mirror/lists.openwall.net/netdev/2021/03/05/17', { list: 'netdev', day: '2021/03/05', number: 17 }],
    ['https://lists.openwall.net/netdev/2021/03/05/17', { list: 'netdev', day: '2021/03/05', number: 17 }],
    ['netdev/2021/03/05/17/index.html', { list: 'netdev', day: '2021/03/05', number: 17 }],
    ['https://lists.openwall.net/netdev/2021/03/05/', null],
    ['notes.txt', null],
  ])('reads the day and the number from %s', (path, day) => {
    expect(openwallDay(path)).toEqual(day);
  });

  it('finds the body where saving lost the blank line and the indentation', () => {
    const fields = parseOpenwallMessage(
      'From: Ann <a@...b.org>\nTo: B <b@...b.org>,\nC <c@...b.org>\nSubject: Hives\nHello.\n',
    );
    expect(fields).toMatchObject({ subject: 'Hives', text: 'Hello.\n' });
    expect(fields?.to.map(({ name }) => name)).toEqual(['B', 'C']);
  });

  it.each([
    ['From: ', 'From: '.repeat(200_000)],
    ['folded lines', `From: a\n${' b\n'.repeat(500_000)}`],
    ['attachments', `From: a\n\n${'View attachment "'.repeat(100_000)}`],
    ['blanks', `From: a\n\n${' '.repeat(1_000_000)}x${' \n'.repeat(500_000)}`],
  ])('is quick on hostile %s', (_what, shown) => {
    const spent = processorTime();
    parseOpenwallMessage(shown);
    expect(spent()).toBeLessThan(5000);
  });

  it('does not take a mail that quotes a page for one', () => {
    const mail = `From: Ann <ann@example.org>\nSubject: look\n\n${saved}`;
    expect(openwallText.detects(Buffer.from(mail), 'mail.eml')).toBe(false);
    expect(openwallText.detects(Buffer.from(`From ann@example.org Thu Mar  4 2021\n${mail}`), 'list.mbox')).toBe(false);
  });
});

const seeds = sharedPath('corpus/seeds');

describe.skipIf(seeds === null)('the saved pages of a real discussion', () => {
  it.each([
    ['000_243a76afb6d8cf03.txt', null, 'Dan Williams', '2019-01-31T05:44:46.000Z', '2019/01/31/'],
    [
      '001_f52a192b04ce0590.txt',
      '20190130183616.GB5061@redhat.com',
      'Jerome Glisse',
      '2019-01-30T18:36:17.000Z',
      '2019/01/30/',
    ],
  ])('%s', async (name, id, author, date, day) => {
    const octets = readFileSync(`${seeds ?? ''}/${name}`);
    expect(openwallText.detects(octets, name)).toBe(true);
    const { origin, fields } = await read(openwallText, octets, name);
    expect(origin).toMatchObject({ list: 'linux-kernel', permalink: `https://lists.openwall.net/linux-kernel/${day}` });
    expect([fields.messageId, fields.from.name, new Date(fields.date?.instant ?? 0).toISOString()]).toEqual([
      id,
      author,
      date,
    ]);
    expect(fields.text).not.toMatch(/Powered by|\[day\]/);
    expect(fields.cc).toHaveLength(6);
  });
});

async function read(reader: Reader, octets: Uint8Array, path = 'page') {
  const [item] = await collect(reader.read(memoryFile(octets, { path })));
  if (item?.kind !== 'message' || item.message.content.kind !== 'fields') throw new Error('no message');
  return { origin: item.message.origin, fields: item.message.content.fields };
}
