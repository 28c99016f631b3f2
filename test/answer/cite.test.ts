import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cite } from '../../answer/cite.js';
import { citationFormats, formatCitation } from '../../answer/citation-format.js';
import { threadView } from '../../answer/thread-view.js';
import type { StoredSighting } from '../../index/library.js';
import { idOf, libraryOf, MemoryLibrary, messagesOf, type TestMail } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

const v1 = 'v1@gannet.example.org';
const page = `https://lists.example.org/gannet-users/${v1}/`;

describe('a citation', () => {
  it.each([
    v1,
    `<${v1}>`,
    `  <${v1}> `,
    `mid:${v1}`,
    'mid:v1%40gannet.example.org',
    `news:${v1}`,
    page,
    page.replace('https://', 'http://www.'),
    page.replace(/\/$/, ''),
    `${page}#r`,
    'rock: cache the nest count Ines Fulmar',
  ])('is found by %s', async (reference) => {
    const [first] = cite(await libraryOf(patchThread), reference);
    expect(first?.subject).toContain('rock: cache the nest count');
    expect(first).toMatchObject(
      reference.includes(' Ines') ? {} : { messageId: v1, author: 'Ines Fulmar', present: true },
    );
  });

  it('of a patch that is sent on says whose words it has', async () => {
    const words = 'From: Odd Tern <odd@gannet.example.org>\n\nThe ledge keeps a count of its own.\n';
    const patch = {
      id: 'patch@gannet.example.org',
      from: 'Tor Skua <tor@gannet.example.org>',
      subject: '[PATCH] ledge',
    };
    const excerptWith = async (text: string): Promise<string | undefined> =>
      cite(await libraryOf([{ ...patch, text }]), patch.id)[0]?.excerpt;
    expect(await excerptWith(words)).toBe(words.trim());
    expect(await excerptWith(words.replace('Odd Tern', 'Tor Skua'))).toBe('The ledge keeps a count of its own.');
  });

  it('of an unknown message or of nothing is none', async () => {
    const library = await libraryOf(patchThread);
    expect(cite(library, 'nobody@gannet.example.org')).toEqual([]);
    expect(cite(library, 'https://lists.example.org/gannet-users/none@x.example.org/')).toEqual([]);
    expect(cite(library, '')).toEqual([]);
    expect(cite(library, '!!!')).toEqual([]);
  });

  it('of a message that is known but missing says so', async () => {
    expect(cite(await libraryOf(missingParent), 'lost@gannet.example.org')).toMatchObject([
      { present: false, permalinks: [] },
    ]);
  });

  describe('of a missing message', () => {
    const lost = 'lost@gannet.example.org';
    const named = 'named in an attribution line';

    it.each([
      ['text', `Olav Kittiwake, "(no subject)", 2024-05-07, ${named}. Message-ID: <${lost}>`],
      ['trailer', `Message-ID: <${lost}>`],
      ['markdown', `Olav Kittiwake, "(no subject)", 2024-05-07, ${named}. \`Message-ID: <${lost}>\``],
      ['discord', `**Olav Kittiwake** · (no subject) · 2024-05-07, ${named} · \`Message-ID: <${lost}>\``],
    ] as const)('names whom its replies name, as %s', async (format, expected) => {
      const [citation] = cite(await libraryOf(missingParent), lost);
      expect(citation?.namedBy).toBe('reply@gannet.example.org');
      expect(citation && formatCitation(citation, format)).toBe(expected);
    });

    it('puts the day on it that the attribution line has', async () => {
      const late = missingParent.map((mail) => ({
        ...mail,
        text: mail.text.replace(/^On .* Olav/, 'On Tue, 7 May 2024 at 00:17 +0200, Olav'),
      }));
      const [citation] = cite(await libraryOf(late), lost);
      expect(citation && formatCitation(citation, 'text')).toContain(
        'Olav Kittiwake, "(no subject)", 2024-05-07, named',
      );
    });

    it('names nobody where its replies do not', async () => {
      const silent = missingParent.map((mail) => ({ ...mail, text: 'Thank you for the answer about the buckets.\n' }));
      const [citation] = cite(await libraryOf(silent), lost);
      expect(citation).toMatchObject({ author: null, namedBy: null });
      expect(citation && formatCitation(citation, 'text')).toBe(
        `unknown, "(no subject)", undated. Message-ID: <${lost}>`,
      );
    });
  });

  it.each([
    ['text', `Ines Fulmar, "[PATCH 1/2] rock: cache the nest count", gannet-users, 2024-05-06. ${page}`],
    ['trailer', `Link: ${page}`],
    ['markdown', `Ines Fulmar, [\\[PATCH 1/2\\] rock: cache the nest count](<${page}>), gannet-users, 2024-05-06`],
    ['discord', `**Ines Fulmar** · [\\[PATCH 1/2\\] rock: cache the nest count](<${page}>) · gannet-users, 2024-05-06`],
  ] as const)('is written as %s', async (format, expected) => {
    const [citation] = cite(await libraryOf(patchThread), v1);
    expect(citation && formatCitation(citation, format)).toBe(expected);
  });

  it('links to lore where the message went to a list that lore archives, and never guesses a link otherwise', async () => {
    const [mail] = missingParent;
    if (mail === undefined) throw new Error('no sample');
    const bare = async (to: string): Promise<string> => {
      const messages = await messagesOf([{ ...mail, to }]);
      const origins = [{ source: 'test', list: 'gannet', locator: '1' }];
      const library = new MemoryLibrary(messages.map((message) => ({ ...message, blocks: message.blocks, origins })));
      const [citation] = cite(library, mail.id);
      return citation === undefined ? '' : formatCitation(citation, 'trailer');
    };
    expect(await bare('linux-gannet@vger.kernel.org')).toBe(`Link: https://lore.kernel.org/r/${mail.id}`);
    expect(await bare('gannet@lists.example.org')).toBe(`Message-ID: <${mail.id}>`);
  });

  it('is one line without controls or mentions, whatever the subject', async () => {
    const library = await libraryOf(patchThread);
    const [citation] = cite(library, v1);
    if (citation === undefined) throw new Error('not found');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...citationFormats), (subject, format) => {
        const line = formatCitation({ ...citation, subject: `@everyone ${subject}` }, format);
        expect(line).not.toMatch(/\p{Cc}/u);
        if (format === 'discord') expect(line).not.toContain('@everyone');
      }),
    );
  });
});

describe('a thread', () => {
  it('is seen whole, missing messages among its members', async () => {
    const view = threadView(await libraryOf(missingParent), '<reply@gannet.example.org>');
    expect(view?.members).toMatchObject([
      { messageId: 'lost@gannet.example.org', depth: 0, present: false, permalinks: [] },
      { messageId: 'reply@gannet.example.org', depth: 1, present: true, author: 'Tor Skua' },
    ]);
  });

  describe('names the author of a missing message', () => {
    const [reply] = missingParent;
    const ghostIn = async (mails: readonly TestMail[], sightings: readonly StoredSighting[] = []) =>
      threadView(await libraryOf(mails, sightings), 'lost@gannet.example.org')?.members[0];
    const second = (attribution: string): TestMail => ({
      id: 'second@gannet.example.org',
      from: 'Una Petrel <una@gannet.example.org>',
      subject: 'Re: feeding times at the east cliff',
      date: 'Wed, 8 May 2024 10:00:00 +0200',
      inReplyTo: 'lost@gannet.example.org',
      text: `${attribution}\n> The puffins at the east cliff are fed at dawn because the gulls sleep late.\n\nSo do I, on most of these days.\n`,
    });

    it('as the attribution line of a reply has it, and says which reply', async () => {
      expect(await ghostIn(missingParent)).toMatchObject({
        author: 'Olav Kittiwake',
        date: { instant: Date.UTC(2024, 4, 7, 20, 17), offset: null },
        subject: null,
        present: false,
        namedBy: 'reply@gannet.example.org',
      });
    });

    it('where another reply agrees', async () => {
      const more = second('On Tue, May 7, 2024 at 8:17 PM Olav Kittiwake wrote:');
      expect(await ghostIn([...missingParent, more])).toMatchObject({
        author: 'Olav Kittiwake',
        namedBy: 'reply@gannet.example.org',
      });
    });

    it('not where replies disagree, or say nothing', async () => {
      const other = second('On Tue, May 7, 2024 at 8:17 PM Ines Fulmar wrote:');
      expect(await ghostIn([...missingParent, other])).toMatchObject({ author: null, date: null, namedBy: null });
      const silent = reply === undefined ? [] : [{ ...reply, text: 'Thank you for the answer about the buckets.\n' }];
      expect(await ghostIn(silent)).toMatchObject({ author: null, date: null, namedBy: null });
    });

    it('not where a thread overview does', async () => {
      const from = { name: 'O. Kittiwake', address: null, masked: null };
      const date = { instant: Date.UTC(2024, 4, 7, 18, 17), offset: 0 };
      const messageId = idOf('lost@gannet.example.org');
      const sighting = { messageId, from, date, subject: 'feeding times', parentId: null };
      expect(await ghostIn(missingParent, [sighting])).toMatchObject({ author: 'O. Kittiwake', date, namedBy: null });
    });

    it('not where the reply is damaged', async () => {
      const library = await libraryOf(missingParent);
      const id = idOf('reply@gannet.example.org');
      const message = library.message(id);
      if (message !== null) library.messages.set(id, { ...message, text: message.text.replace('Olav', 'Olaf') });
      expect(threadView(library, id)?.members[0]).toMatchObject({ author: null, namedBy: null });
    });
  });

  it.each(['nobody@x.example.org', 'no id', ''])('is none for %j', async (reference) => {
    expect(threadView(await libraryOf(missingParent), reference)).toBeNull();
  });
});
