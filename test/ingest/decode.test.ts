import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../ingest/decode.js';
import type { Message, MessageFields, RawMessage } from '../../mail/message.js';
import { samplePath } from './describe-reader.js';
import { processorTime } from '../processor-time.js';

function raw(content: string | Uint8Array): RawMessage {
  const octets = typeof content === 'string' ? Buffer.from(content) : content;
  return { origin: { source: 's', list: 'gauges', locator: '0' }, content: { kind: 'octets', octets } };
}

async function decoded(content: string | Uint8Array): Promise<Message> {
  const result = await decodeMessage(raw(content));
  if (!result.ok) throw new Error(result.reason);
  return result.message;
}

const sample = (name: string) => decoded(readFileSync(samplePath(`stores/${name}`)));

/** A mail with `fields` above a body in octets. */
const mail = (fields: string, body: string | Uint8Array) =>
  Buffer.concat([
    Buffer.from(`From: Ann <ann@example.org>\nMessage-ID: <1@example.org>\n${fields}\n\n`),
    Buffer.from(body),
  ]);

describe('decoding a sample', () => {
  it('reads encoded words, quoted-printable and format=flowed', async () => {
    const message = await sample('one.eml');
    expect(message).toMatchObject({
      messageId: 'one@example.org',
      from: { name: 'Mára Quist', address: 'mara@example.org' },
      to: [{ name: 'Lindh, Oskar' }, { address: 'gauges@lists.example.org' }],
      subject: 'Gauge 7 – spare parts',
      date: { instant: Date.UTC(2019, 2, 8, 7), offset: 60 },
      robot: false,
    });
    expect(message.text).toBe(
      'Two floats and one cable are übrig, they lie in the shed. Take what you need.\n\n> I need a float, and a cable.\n>> Who has spare parts?\n-- \nMara\n',
    );
    expect(message.blocks.map(({ kind, depth }) => `${kind}${String(depth)}`)).toEqual([
      'prose0',
      'quote1',
      'quote2',
      'signature0',
    ]);
  });

  it('prefers HTML to a placeholder, names attachments, keeps patches', async () => {
    const message = await sample('alternatives.eml');
    expect(message.text).toBe(
      [
        'The cable is not waterproof.\n\nOn Fri, 8 Mar 2019 at 08:00, Mara Quist wrote:\n> Take what\n> you need.\n\nvolts =  3.7',
        '--- a/gauge.c\n+++ b/gauge.c\n@@ -1 +1 @@\n-volts = 3.3;\n+volts = 3.7;\n',
        '_______________________________________________\ngauges mailing list\n',
      ]
        .join('\n\n')
        .replace(';\n\n\n', ';\n\n'),
    );
    expect(message.attachments).toEqual(['käbel.png', '0001-gauge.patch']);
  });

  it('quotes a forwarded message, credited to whom it is from', async () => {
    const { text, blocks } = await sample('forward.eml');
    const quote = blocks.find(({ kind }) => kind === 'quote');
    expect(text.slice(quote?.span.start, quote?.span.end)).toBe('> You may leave them on the pier.\n>\n');
    expect(blocks[quote?.attributedBy ?? -1]?.attribution).toMatchObject({ name: 'Harbour Office' });
    expect(text).toContain('>> May we?');
  });
});

it('names whom a list that sends in its own name shows by half an address', async () => {
  const via = '"ann.lee--- via valves" <valves@lists.example.org>';
  const message = await decoded(`From: ${via}\nReply-To: Ann.Lee@example.org\nMessage-ID: <v@example.org>\n\nYes.\n`);
  expect(message.from).toEqual({ name: null, address: 'Ann.Lee@example.org', masked: null });
});

describe("a bug tracker's mail", () => {
  const fields =
    'From: bugzilla-daemon@example.org\nMessage-ID: <bug-7@example.org>\nSubject: [Bug 7] leak\nAuto-Submitted: auto-generated\n\n';
  const page = 'https://bugs.example.org/show_bug.cgi?id=7\n\n';

  it('is by whoever wrote the comment that it brings, or opened the bug', async () => {
    const comment = await decoded(
      `${fields}${page}--- Comment #2 from Ada Berg (ada@example.org) ---\nThe valve leaks.\n`,
    );
    expect(comment).toMatchObject({ from: { name: 'Ada Berg', address: 'ada@example.org' }, robot: false });
    const opened = await decoded(
      `${fields}${page}            Bug ID: 7\n           Summary: leak\n          Reporter: bo@example.net\n\nIt leaks.\n`,
    );
    expect(opened).toMatchObject({ from: { name: null, address: 'bo@example.net' }, robot: false });
  });

  it("is the daemon's where nobody wrote anything, and nobody else's mail is", async () => {
    expect(await decoded(`${fields}${page}Bo Lind changed:\n\nStatus |NEW |CLOSED\n`)).toMatchObject({
      from: { address: 'bugzilla-daemon@example.org' },
      robot: true,
    });
    const quoted = await decoded(mail('', '--- Comment #2 from Ada Berg (ada@example.org) ---\nThe valve leaks.\n'));
    expect(quoted.from.address).toBe('ann@example.org');
  });
});

describe('charsets', () => {
  const plain = (charset: string, body: Uint8Array) =>
    decoded(mail(`Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: 8bit`, body));

  it.each([
    ['iso-8859-1', 'Grüße vom Kai'],
    ['windows-1252', '“Quoted” – dash'],
    ['koi8-r', 'Прилив и отлив'],
    ['windows-1251', 'Прилив и отлив'],
    ['gb18030', '潮位计漂移'],
    ['gb2312', '潮位计'],
    ['big5', '潮位計'],
    ['shift_jis', '潮位計の較正'],
    ['euc-jp', '潮位計の較正'],
    ['euc-kr', '조위계 보정'],
    ['ks_c_5601-1987', '조위계 보정'],
    ['iso-8859-2', 'Żółta boja'],
    ['cp850', 'Grüße'],
    ['utf-7', 'Grüße vom Kai'],
    ['utf-16le', 'Grüße'],
  ])('reads %s', async (charset, text) => {
    expect((await plain(charset, iconv.encode(text, charset.replace('ks_c_5601-1987', 'cp949')))).text).toBe(
      `${text}\n`,
    );
  });

  it('reads iso-2022-jp', async () => {
    const body = Buffer.from('\u001b$BD,0L7W\u001b(B ok', 'latin1');
    expect((await plain('iso-2022-jp', body)).text).toBe('潮位計 ok\n');
  });

  it.each([
    ['UTF-8 that is labelled latin1', 'iso-8859-1', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 that is labelled us-ascii', 'us-ascii', Buffer.from('Grüße'), 'Grüße'],
    ['latin1 that is labelled UTF-8', 'utf-8', Buffer.from('Gr\u00fc\u00dfe', 'latin1'), 'Grüße'],
    ['latin1 that is labelled x-unknown', 'x-unknown', Buffer.from('Gr\u00fc\u00dfe', 'latin1'), 'Grüße'],
    ['a charset that nobody knows', 'x-klingon', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 that is labelled big5', 'big5', Buffer.from('Größe der Boje: ±5 – 7 €'), 'Größe der Boje: ±5 – 7 €'],
    ['UTF-8 that was cut in a character', 'utf-8', Buffer.from('Grüße für Mára').subarray(0, -3), 'Grüße für M\ufffd'],
    ['a byte order mark', 'utf-8', Buffer.from('\ufeffx'), 'x'],
  ])('reads %s', async (_what, charset, body, text) => {
    expect((await plain(charset, body)).text).toBe(`${text}\n`);
  });

  it('reads raw 8-bit headers as UTF-8, else as windows-1252', async () => {
    expect((await decoded(mail('Subject: Grüße', 'x'))).subject).toBe('Grüße');
    const latin = Buffer.from('From: a@example.org\nSubject: Gr\u00fc\u00dfe\n\nx', 'latin1');
    expect((await decoded(latin)).subject).toBe('Grüße');
  });
});

describe('headers', () => {
  it.each([
    ['=?utf-8?q?a_b?=', 'a b'],
    ['=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=', 'Grüße'],
    ['=?UTF-8?B?R3LDvMOfZQ==?=', 'Grüße'],
    ['=?x-unknown?q?plain?=', 'plain'],
    ['=?utf-8?b?broken', '=?utf-8?b?broken'],
    ['Re: [PATCH v4 0/8] two\n  lines', 'Re: [PATCH v4 0/8] two lines'],
  ])('reads the subject %j', async (value, subject) => {
    expect((await decoded(mail(`Subject: ${value}`, 'x'))).subject).toBe(subject);
  });

  it('mints an id where there is none, the same for the same message', async () => {
    const content = 'From: Ann <ann@example.org>\nSubject: x\n\ny\n';
    const { messageId } = await decoded(content);
    expect(messageId).toMatch(/^[0-9a-f]{64}@missing\.invalid$/);
    expect((await decoded(content)).messageId).toBe(messageId);
  });

  it('names nobody where From is missing: Sender is no author', async () => {
    const { from } = await decoded('Sender: list@example.org\nDate: Tue, 5 Mar 2019 08:00:00 +0000\nSubject: x\n\ny\n');
    expect(from).toEqual({ name: null, address: null, masked: null });
  });

  it('finds the address behind a list that stands in for the author', async () => {
    const content =
      'From: Ann Lee via gauges <gauges@example.org>\nReply-To: Ann Lee <ann@example.org>\nSubject: x\n\ny\n';
    expect((await decoded(content)).from).toMatchObject({ name: 'Ann Lee', address: 'ann@example.org' });
  });

  it.each([
    ['year 0', 'Tue, 5 Mar 0000 08:00:00 +0000', null],
    ['year 9999', 'Fri, 31 Dec 9999 23:59:59 +0000', null],
    ['nonsense', 'soon', null],
    ['a zone', 'Tue, 5 Mar 2019 08:00:00 +0100', Date.UTC(2019, 2, 5, 7)],
  ])('reads a date with %s', async (_what, date, instant) => {
    expect((await decoded(mail(`Date: ${date}`, 'x'))).date?.instant ?? null).toBe(instant);
  });

  it('takes the first hop where Date cannot be read', async () => {
    const received = 'Received: by b; Tue, 5 Mar 2019 09:00:00 +0000\nReceived: by a; Tue, 5 Mar 2019 08:00:00 +0000';
    expect((await decoded(mail(`Date: soon\n${received}`, 'x'))).date?.instant).toBe(Date.UTC(2019, 2, 5, 8));
  });
});

describe('bodies', () => {
  it('keeps a footer that a list appended to a base64 body', async () => {
    const body = `${Buffer.from('Hello from the pier.\n').toString('base64')}\n_______\ngauges list\n`;
    expect((await decoded(mail('Content-Transfer-Encoding: base64', body))).text).toBe(
      'Hello from the pier.\n\n_______\ngauges list\n',
    );
  });

  it('leaves broken quoted-printable as it stands', async () => {
    const fields = 'Content-Transfer-Encoding: quoted-printable';
    expect((await decoded(mail(fields, 'a=3Db =XY 50= \nc ='))).text).toBe('a=b =XY 50c =\n');
  });

  it('takes out control characters and carriage returns', async () => {
    expect((await decoded(mail('Subject: x', 'a\u0000b\r\nc\u001b[1m\td\re'))).text).toBe('ab\nc[1m\td\ne\n');
  });

  it('reads flowed text with DelSp and stuffing', async () => {
    const fields = 'Content-Type: text/plain; format=flowed; delsp=yes';
    expect((await decoded(mail(fields, 'sta \nble \n From here\n>> deep \n> less'))).text).toBe(
      'stableFrom here\n>> deep\n> less\n',
    );
  });

  it('reads multiparts that lack boundary, end or parts', async () => {
    expect((await decoded(mail('Content-Type: multipart/mixed', 'just text'))).text).toBe('just text\n');
    expect((await decoded(mail('Content-Type: multipart/mixed; boundary=b', 'no parts'))).text).toBe('no parts\n');
    expect((await decoded(mail('Content-Type: multipart/mixed; boundary=b', '--b\n\nnever ends'))).text).toBe(
      'never ends\n',
    );
  });

  it('reads other text without a file name, and only names what has one', async () => {
    expect((await decoded(mail('Content-Type: text/troff', '.TH GAUGE 7'))).text).toBe('.TH GAUGE 7\n');
    const named = await decoded(mail('Content-Type: text/troff; name=gauge.7', '.TH GAUGE 7'));
    expect(named).toMatchObject({ text: '', attachments: ['gauge.7'] });
  });

  it('skips what has neither text nor subject nor id', async () => {
    expect(await decodeMessage(raw('From: ann@example.org\n\n\n'))).toEqual({ ok: false, reason: 'no-text' });
  });

  it('cleans fields as it cleans octets', async () => {
    const nobody = { name: null, address: null, masked: null };
    const fields: MessageFields = {
      ...{ messageId: null, inReplyTo: [], references: [], from: nobody, to: [], cc: [] },
      ...{ date: null, subject: 'x', text: 'a\r\nb\u0000 \n\n', attachments: [] },
    };
    const result = await decodeMessage({ ...raw(''), content: { kind: 'fields', fields } });
    expect(result).toMatchObject({ ok: true, message: { text: 'a\nb\n', robot: false } });
  });
});

describe('hostile mail', () => {
  const nested = (depth: number) =>
    Array.from(
      { length: depth },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${String(n)}\n\n--b${String(n)}\n`,
    ).join('');

  it.each<[string, string | Uint8Array]>([
    [
      '100,000 References',
      mail(`References: ${Array.from({ length: 100_000 }, (_, n) => `<${String(n)}@example.org>`).join('\n ')}`, 'x'),
    ],
    ['a line of 10 MB', mail('Subject: x', 'z'.repeat(10_000_000))],
    ['a subject of 10 MB', mail(`Subject: ${'=?utf-8?q?'.repeat(1_000_000)}`, 'x')],
    [
      '10 MB of blanks in quoted-printable',
      mail('Content-Transfer-Encoding: quoted-printable', `${' '.repeat(10_000_000)}=`),
    ],
    ['a million folded lines', mail(`X-Fold: ${'\n x'.repeat(1_000_000)}`, 'x')],
    ['10,000 nested multiparts', `From: a@example.org\n${nested(10_000)}`],
    ['100,000 parts', mail('Content-Type: multipart/mixed; boundary=b', '--b\n\nx\n'.repeat(100_000))],
    ['100,000 recipients', mail(`To: ${'Ann Lee <ann@example.org>, '.repeat(100_000)}`, 'x')],
    ['open comments', mail(`Content-Type: ${'('.repeat(1_000_000)}`, 'x')],
    ['a million flowed quotes', mail('Content-Type: text/plain; format=flowed', '> a \n'.repeat(1_000_000))],
    ['nested blockquotes', mail('Content-Type: text/html', '<blockquote>'.repeat(50_000))],
  ])('is decoded in little time: %s', async (_what, content) => {
    const spent = processorTime();
    const { references } = await decoded(content);
    expect(references.length).toBeLessThanOrEqual(1000);
    expect(spent()).toBeLessThan(5000);
  });

  it('never throws, whatever the octets', async () => {
    const pieces = [
      'Content-Type: ',
      'multipart/mixed; boundary=b',
      '\n',
      '\r\n',
      '--b',
      '--b--',
      'base64',
      '=?',
      '?=',
      'text/html',
      '<div',
      '\u00ff',
    ];
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(fc.oneof(fc.constantFrom(...pieces), fc.string()))
        .map((parts) => Buffer.from(`From: a@b.c\n${parts.join('')}`)),
    );
    await fc.assert(
      fc.asyncProperty(octets, async (content) => {
        const result = await decodeMessage(raw(content));
        if (!result.ok) return;
        expect(result.message.text.isWellFormed()).toBe(true);
        expect(result.message.text).not.toMatch(/\r|\0/);
      }),
    );
  });
});
