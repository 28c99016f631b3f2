import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { patchworkPage } from '../../../ingest/readers/patchwork-page.js';
import { patchworkRest } from '../../../ingest/readers/patchwork-rest.js';
import { patchworkText } from '../../../ingest/readers/patchwork-text.js';
import { publicInboxAtom } from '../../../ingest/readers/public-inbox-atom.js';
import { publicInboxPage } from '../../../ingest/readers/public-inbox-page.js';
import { publicInboxText } from '../../../ingest/readers/public-inbox-text.js';
import type { Reader } from '../../../ingest/readers/reader.js';
import type { MessageFields, Origin } from '../../../mail/message.js';
import { samplePath } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';
import { innerText } from './inner-text.js';

type Found = MessageFields & { readonly origin: Origin };

async function read(reader: Reader, content: string, path = 'page') {
  const items = await collect(reader.read(memoryFile(content, { path })));
  const messages = items.flatMap((item): Found[] =>
    item.kind === 'message' && item.message.content.kind === 'fields'
      ? [{ ...item.message.content.fields, origin: item.message.origin }]
      : [],
  );
  const members = items.flatMap((item) => (item.kind === 'overview' ? item.members : []));
  const skipped = items.flatMap((item) => (item.kind === 'skipped' ? [item.reason] : []));
  return { messages, members, skipped };
}

const sample = (name: string): string => readFileSync(samplePath(`pages-a/${name}`), 'utf8');
const iso = (fields: MessageFields | undefined): string | null =>
  fields?.date == null ? null : new Date(fields.date.instant).toISOString();

describe('public-inbox, a message page', () => {
  const body = [
    'On Sun, Mar 3, 2024 at 6:12 PM Tomas Berg <tomas.berg@example.net> wrote:',
    '> The ring is flushed when it is full.',
    '',
    'That is too late: rotation drops what is still in it. See',
    'https://bugs.example.org/gannet/77 & the page I saved:',
  ].join('\n');

  it.each([
    ['HTML', publicInboxPage, sample('inbox-message.html')],
    ['saved text', publicInboxText, innerText(sample('inbox-message.html'))],
  ])('gives headers, text and attachments (%s)', async (_what, reader, page) => {
    const { messages } = await read(reader, page);
    const [message] = messages;
    expect(messages).toHaveLength(1);
    expect(message).toMatchObject({
      messageId: 'ring/flush.4@example.org',
      inReplyTo: ['20240303.2-tomas@example.net'],
      from: { name: 'Odile Marchetti', address: 'odile@example.org' },
      to: [{ name: 'Berg, Tomas', address: 'tomas.berg@example.net' }],
      cc: [
        { address: 'gannet-dev@lists.example.org' },
        { name: 'Priya Raman', address: null, masked: 'priya@example•org' },
      ],
      date: { instant: Date.UTC(2024, 2, 4, 12, 0, 7), offset: 60 },
      subject: 'Re: [PATCH 2/3] gannet: flush the ring before rotating',
      attachments: ['flush.patch', 'trace.png'],
    });
    expect(message?.text.startsWith(body)).toBe(true);
    expect(message?.text).toContain(
      'From: Somebody Else <else@example.net>\nMessage-ID: <forged@example.net> (raw)\n\nOdile\n\ndiff --git',
    );
    expect(message?.text).toContain(
      '@@ -10,2 +10,3 @@ void rotate(struct ring *r)\n {\n+\tflush(r);\n \treopen(r);\n\n____',
    );
    expect(message?.text).not.toContain('[--');
    expect(message?.origin).toEqual({
      source: 'page',
      list: 'gannet-dev',
      locator: 'page',
      permalink: 'https://lore.example.org/gannet-dev/ring%2Fflush.4@example.org/',
    });
  });

  it('gives the overview with ids, parents, ghosts and the subjects that its lines leave out', async () => {
    const { members } = await read(publicInboxPage, sample('inbox-message.html'));
    const subject = '[PATCH 2/3] gannet: flush the ring before rotating';
    expect(
      members.map(({ sighting, parent }) => [sighting.messageId, sighting.from.name, sighting.subject, parent]),
    ).toEqual([
      ['lost.0@example.net', null, '', null],
      ['20240303.1-tomas@example.net', 'Tomas Berg', '[PATCH 1/3] gannet: count what is dropped', 0],
      ['20240303.2-tomas@example.net', 'Tomas Berg', subject, 0],
      ['ring/flush.4@example.org', 'Odile Marchetti', subject, 2],
      ['20240304.5-priya@example.org', 'Priya Raman', subject, 3],
      ['20240303.3-tomas@example.net', 'Tomas Berg', '[PATCH 3/3] gannet: flush the ring before rotating', 0],
    ]);
    expect(members[4]?.sighting.date).toEqual({ instant: Date.UTC(2024, 2, 5, 9), offset: 0 });
  });

  it('believes the last overview of saved text, and tells names from subjects', async () => {
    const { messages, members } = await read(publicInboxText, sample('inbox-message.txt'));
    expect(messages[0]?.text).toMatch(/and nothing more\.\n\nOdile\n$/);
    expect(messages[0]?.origin.permalink).toBe('https://lore.example.org/gannet-dev/ring%2Fflush.4@example.org/');
    expect(members.map(({ sighting }) => [sighting.messageId, sighting.from.name, sighting.subject])).toEqual([
      [null, 'tberg', '[PATCH 0/3] gannet: lose nothing'],
      [null, 'tberg', '[PATCH 1/3] gannet: count what is dropped'],
      [null, 'tberg', '[PATCH 2/3] gannet: flush the ring before rotating'],
      ['ring/flush.4@example.org', 'Odile Marchetti', '[PATCH 2/3] gannet: flush the ring before rotating'],
      [null, 'Priya Raman', '[PATCH 2/3] gannet: flush the ring before rotating'],
      [null, 'tberg', '[PATCH 3/3] gannet: flush the ring before rotating'],
      ['lost.7@example.net', null, ''],
    ]);
  });

  it('knows where it was saved from', async () => {
    const page = sample('inbox-message.html').replace(
      '<html>',
      '<!-- saved from url=(0051)https://lore.example.com/all/ring%2Fflush.4@example.org/ --><html>',
    );
    const { messages } = await read(publicInboxPage, page);
    expect(messages[0]?.origin).toMatchObject({
      list: 'all',
      permalink: 'https://lore.example.com/all/ring%2Fflush.4@example.org/',
    });
  });

  it('is skipped when it ends within the message', async () => {
    const page = sample('inbox-message.html');
    const { messages, skipped } = await read(publicInboxPage, page.slice(0, page.indexOf('Odile\n')));
    expect(messages).toEqual([]);
    expect(skipped).toEqual(['truncated']);
  });
});

describe('public-inbox, thread pages', () => {
  const shown = [
    ['Tomas Berg', '[RFC] wings: fold them on landing', '2024-05-01T08:00:00.000Z'],
    ['Odile Marchetti', 'Re: [RFC] wings: fold them on landing', '2024-05-01T09:30:00.000Z'],
    ['priya', 'Re: [RFC] wings: fold them on landing', '2024-05-02T11:15:00.000Z'],
  ];
  const pages = ['inbox-flat.html', 'inbox-nested.html'];

  it.each(pages)('give each message once, with its parent (%s)', async (name) => {
    const { messages, members } = await read(publicInboxPage, sample(name));
    expect(messages.map((one) => [one.from.name, one.subject, iso(one)])).toEqual(shown);
    expect(messages.map(({ messageId }) => messageId)).toEqual([
      'wings.1@example.net',
      'wings.2@example.org',
      'wings/3@example.org',
    ]);
    expect(messages.map(({ inReplyTo }) => inReplyTo)).toEqual([
      ['wings.0@example.net'],
      ['wings.1@example.net'],
      ['wings.2@example.org'],
    ]);
    expect(messages[2]).toMatchObject({
      to: [{ name: 'Odile Marchetti' }],
      cc: [{ name: 'Tomas Berg' }, { name: 'gannet-dev' }],
      text: 'Brakes are overrated.\n\nPriya\n',
    });
    expect(messages[1]?.text).toMatch(/I agree with everything\.[^]*That was not me\.\n\nOdile\n$/);
    expect(members.map(({ sighting }) => sighting.messageId)).toEqual([
      'wings.0@example.net',
      ...messages.map(({ messageId }) => messageId),
    ]);
  });

  it.each(pages)('hold nobody’s words twice when they are saved as text (%s)', async (name) => {
    const { messages, skipped } = await read(publicInboxText, innerText(sample(name)));
    expect(messages.map((one) => [one.from.name, one.subject, iso(one)])).toEqual(shown);
    expect(messages[1]?.text).toMatch(/I agree with everything\.[^]*That was not me\.\n\nOdile\n$/);
    expect(skipped).toEqual([]);
  });

  it('believe neither of two heads for one listed message', async () => {
    const text = innerText(sample('inbox-flat.html'))
      .replaceAll('2024-05-01 10:00 Tomas Berg', '2024-05-02 11:15 priya')
      .replace('From: Tomas Berg @ 2024-05-01 10:00', 'From: priya @ 2024-05-02 11:15');
    const { messages, skipped } = await read(publicInboxText, text);
    expect(messages.map(({ from }) => from.name)).toEqual(['Tomas Berg', 'Odile Marchetti']);
    expect(messages[1]?.text).not.toContain('I agree with everything');
    expect(skipped).toEqual(['malformed', 'malformed']);
  });

  it('give the messages before a cut', async () => {
    const page = sample('inbox-flat.html');
    const { messages, skipped } = await read(publicInboxPage, page.slice(0, page.indexOf('That was not me')));
    expect(messages.map(({ messageId }) => messageId)).toEqual(['wings.1@example.net']);
    expect(skipped).toEqual(['truncated']);
  });
});

describe('public-inbox, feeds', () => {
  it('give messages with whole addresses, parents and permalinks', async () => {
    const { messages } = await read(publicInboxAtom, sample('inbox.atom'));
    expect(messages.map(({ from, subject, inReplyTo }) => [from.name, from.address, subject, inReplyTo])).toEqual([
      ['Tomas Berg', 'tomas.berg@example.net', '[RFC] wings: fold them on landing', []],
      ['Odile Marchetti', 'odile@example.org', "Re: [RFC] wings: don't &lt;fold&gt; them", ['wings.1@example.net']],
      [null, 'priya@example.org', '', ['wings.2@example.org']],
    ]);
    expect(messages[0]?.text).toBe('I would like to fold the wings on landing, “elegantly”.\n');
    expect(messages[2]?.origin).toMatchObject({
      list: 'gannet-dev',
      permalink: 'https://lore.example.org/gannet-dev/wings%2F3@example.org/',
    });
    expect(iso(messages[1])).toBe('2024-05-01T09:31:00.000Z');
  });

  it('expand no entities', async () => {
    const bomb = `<!DOCTYPE feed [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>`;
    const feed = sample('inbox.atom').replace('?>', `?>${bomb}`).replace('Brakes are', '&b;&b;&b;');
    const { messages } = await read(publicInboxAtom, feed);
    expect(messages[2]?.text.length).toBeLessThan(100);
  });

  it('leave out the entry in which they end', async () => {
    const feed = sample('inbox.atom');
    const { messages, skipped } = await read(publicInboxAtom, feed.slice(0, feed.indexOf('folded wings')));
    expect(messages).toHaveLength(1);
    expect(skipped).toEqual(['truncated']);
  });
});

describe('Patchwork', () => {
  const text = [
    'Rotation drops what is still in the ring. Odile <odile@example.org> saw it.',
    '',
    'Signed-off-by: Tomás Berg <tomas.berg@example.net>',
    '---',
    ' ring.c | 1 +',
    ' 1 file changed, 1 insertion(+)',
    '',
    'diff --git a/ring.c b/ring.c',
    '--- a/ring.c',
    '+++ b/ring.c',
    '@@ -10,2 +10,3 @@ void rotate(struct ring *r)',
    ' {',
    '+\tflush(r);',
    ' \treopen(r);',
    '',
  ].join('\n');

  it('shows a patch as its mail was, with the headers that the page hides', async () => {
    const { messages } = await read(patchworkPage, sample('patchwork-patch.html'));
    expect(messages[0]).toMatchObject({
      messageId: '20240303.1-tomas@example.net',
      inReplyTo: ['20240303.0-tomas@example.net'],
      from: { name: 'Tomás Berg', address: 'tomas.berg@example.net' },
      cc: [{ name: 'Odile Marchetti' }],
      date: { instant: Date.UTC(2024, 2, 3, 17, 0, 21), offset: 60 },
      subject: '[PATCH v2 1/2] gannet: flush the ring before rotating',
      text,
      origin: { list: 'gannet-dev', permalink: 'https://lore.example.org/gannet-dev/20240303.1-tomas@example.net/' },
    });
  });

  it('shows the patch in saved text too', async () => {
    const { messages } = await read(patchworkText, innerText(sample('patchwork-patch.html')));
    expect(messages[0]).toMatchObject({
      messageId: '20240303.1-tomas@example.net',
      subject: '[v2,1/2] gannet: flush the ring',
      text,
    });
  });

  it.each([
    ['HTML', patchworkPage, sample('patchwork-patch.html')],
    ['saved text', patchworkText, innerText(sample('patchwork-patch.html'))],
    [
      'saved text, dates on lines of their own',
      patchworkText,
      innerText(sample('patchwork-patch.html')).replace(/^(Odile Marchetti|Priya Raman) (?=March [45])/gm, '$1\n'),
    ],
  ])('shows comments, which have the patch as an ancestor and no id (%s)', async (_what, reader, page) => {
    const { messages } = await read(reader, page);
    expect(messages.slice(1).map((one) => [one.messageId, one.from.name, iso(one), one.references])).toEqual([
      [null, 'Odile Marchetti', '2024-03-04T12:00:00.000Z', ['20240303.1-tomas@example.net']],
      [null, 'Priya Raman', '2024-03-05T09:30:00.000Z', ['20240303.1-tomas@example.net']],
    ]);
    expect(messages[1]?.text).toMatch(/^On Sun[^]*\| #3\nI never wrote this\.\n$/);
    expect(messages[2]?.text).toMatch(/^Tested here\.\n\ndiff\nmbox\n\nPatch\n\nnot a diff\nTested-by: .*\n$/);
    expect(messages[1]?.subject).toMatch(/^Re: \[.*v2.*1\/2\] gannet: flush the ring/);
  });

  it('links to itself where it says where it was', async () => {
    const page = sample('patchwork-patch.html').replace(
      '<head>',
      '<head><link rel="canonical" href="https://patchwork.example.com/project/gannet-dev/patch/7/"/>',
    );
    const { messages } = await read(patchworkPage, page);
    expect(messages.map(({ origin }) => origin.permalink)).toEqual([
      'https://patchwork.example.com/project/gannet-dev/patch/20240303.1-tomas@example.net/',
      'https://patchwork.example.com/comment/55/',
      'https://patchwork.example.com/comment/56/',
    ]);
  });

  it('tells the comments on a cover letter apart, though nothing stands between them', async () => {
    const { messages } = await read(patchworkText, sample('patchwork-cover.txt'));
    expect(messages.map(({ from, text: body }) => [from.name, body.trimEnd().split('\n').at(-1)])).toEqual([
      ['Tomás Berg', '  gannet: count what is dropped'],
      ['Odile Marchetti', 'Fine with me.'],
      ['Priya Raman', 'And with me.'],
      ['Tomás Berg', 'Thank you both.'],
    ]);
  });

  it('believes neither of two comments with one number', async () => {
    const page = sample('patchwork-cover.txt').replace(
      'Fine with me.',
      'Fine with me.\nPriya Raman March 4, 2024, 12:30 p.m. UTC | #2\nNever!',
    );
    const { messages, skipped } = await read(patchworkText, page);
    expect(messages.map(({ from }) => from.name)).toEqual(['Tomás Berg', 'Odile Marchetti', 'Tomás Berg']);
    expect(skipped).toEqual(['malformed', 'malformed']);
  });

  it('takes an old comment that is quoted in a later one for text', async () => {
    const page = sample('patchwork-cover.txt').replace(
      'Thank you both.',
      'You said:\nOdile Marchetti March 4, 2024, 12:01 p.m. UTC | #1\nFine with me.',
    );
    const { messages, skipped } = await read(patchworkText, page);
    expect(messages).toHaveLength(4);
    expect(messages[3]?.text).toMatch(/^You said:\nOdile/);
    expect(skipped).toEqual([]);
  });

  it('answers over REST with whole mails', async () => {
    const [patch] = (await read(patchworkRest, sample('patchwork-patch.json'))).messages;
    expect(patch).toMatchObject({
      subject: '[PATCH v2 1/2] gannet: flush the ring before rotating',
      from: { name: 'Tomás Berg' },
      date: { offset: 60 },
      origin: {
        list: 'gannet-dev',
        permalink: 'https://patchwork.example.org/project/gannet-dev/patch/20240303.1-tomas@example.net/',
      },
    });
    expect(patch?.text).toBe(text.replace(' Odile <odile@example.org> saw it.', ''));
    const { messages } = await read(patchworkRest, sample('patchwork-comments.json'));
    expect(messages.map(({ messageId, from, references }) => [messageId, from.address, references.length])).toEqual([
      ['ring/flush.4@example.org', 'odile@example.org', 2],
      ['20240305.1@example.org', 'priya@example.org', 0],
    ]);
    const { members } = await read(patchworkRest, sample('patchwork-series.json'));
    expect(members.map(({ sighting }) => sighting.subject)).toEqual([
      '[v2,0/2] gannet: lose nothing when rotating',
      '[v2,1/2] gannet: flush the ring',
      '[v2,2/2] gannet: count what is dropped',
    ]);
  });
});

describe('hostile pages', () => {
  const hostile: readonly (readonly [string, Reader, string])[] = [
    [
      'tags nested a million deep',
      publicInboxPage,
      sample('inbox-message.html').replace('Odile\n', '<b>'.repeat(1_000_000)),
    ],
    ['300,000 closing tags below open ones', publicInboxPage, `<html>${'<i>'.repeat(4000)}${'</b>'.repeat(300_000)}`],
    [
      'a thread of 100,000 heads',
      publicInboxText,
      `help / color / Atom feed\n${'* a\n@ b\nFrom: c @ 2024-05-01 10:00 UTC (permalink / raw)\n'.repeat(100_000)}`,
    ],
    [
      'an overview of 100,000 lines',
      publicInboxText,
      `${sample('inbox-message.txt').replace('Reply instructions:', `${'2024-05-01 10:00 ` a b c d e f g\n'.repeat(100_000)}\nReply instructions:`)}`,
    ],
    [
      '20,000 comments',
      patchworkText,
      sample('patchwork-cover.txt') +
        Array.from({ length: 20_000 }, (_, at) => `A March 4, 2024, 1:30 p.m. UTC | #${at + 4}\n`).join(''),
    ],
    [
      '100,000 comments with one number',
      patchworkText,
      sample('patchwork-cover.txt') + 'A March 4, 2024, 1:30 p.m. UTC | #4\n'.repeat(100_000),
    ],
    ['100,000 Patch headings', patchworkText, sample('patchwork-cover.txt') + 'mbox\n\nPatch\n'.repeat(100_000)],
    [
      'a head of 10 MB of blanks',
      patchworkText,
      sample('patchwork-cover.txt').replace('And with', ' '.repeat(10_000_000)),
    ],
    [
      '100,000 attachments',
      publicInboxText,
      sample('inbox-message.txt').replace(
        '\n\n',
        `\n\n${'[-- Attachment #1: Type: text/plain, Size: 1 bytes --]\n'.repeat(100_000)}`,
      ),
    ],
    ['REST answers nested 100,000 deep', patchworkRest, `{"web_url":"","msgid":"x","a":${'['.repeat(100_000)}`],
  ];

  it.each(hostile)('%s do not take long', async (_what, reader, page) => {
    const started = performance.now();
    await read(reader, page);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
