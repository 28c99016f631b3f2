import { describe, expect, it } from 'vitest';
import { publicInboxAtom } from '../../../ingest/readers/public-inbox-atom.js';
import { publicInboxPage } from '../../../ingest/readers/public-inbox-page.js';
import { publicInboxText } from '../../../ingest/readers/public-inbox-text.js';
import { innerText } from './inner-text.js';
import { iso, read, sample } from './page-fields.js';

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
