import { describe, expect, it } from 'vitest';
import { statusOf } from '../../answer/status/status.js';
import type { StatusNote } from '../../answer/answer.js';
import { idOf, libraryOf, type TestMail } from './memory-library.js';
import { patchThread } from './threads.js';

async function notesOn(id: string, mails: readonly TestMail[], words?: string): Promise<StatusNote[]> {
  const library = await libraryOf(mails);
  const message = library.message(idOf(id));
  if (message === null) throw new Error(`no message ${id}`);
  const start = words === undefined ? 0 : message.text.indexOf(words);
  const end = words === undefined ? message.text.length : start + words.length;
  return statusOf(library, message, { spans: [{ start, end }], voice: { kind: 'own' } });
}

const said = (notes: readonly StatusNote[]): string[] => notes.map(({ kind, by, text }) => `${kind} by ${by}: ${text}`);

/** A claim and one reply that quotes it. */
const claim = 'The ferry to the rock goes twice a day in winter.';
const claimAnd = (answer: string, quoted = claim): TestMail[] => [
  {
    id: 'claim@x.example.org',
    from: 'Ines Fulmar <ines@x.example.org>',
    subject: 'ferry',
    text: `Dear all,\n\n${claim}\n\nBring a coat, it is cold on deck in winter.\n`,
  },
  {
    id: 'reply@x.example.org',
    from: 'Una Petrel <una@x.example.org>',
    subject: 'Re: ferry',
    inReplyTo: 'claim@x.example.org',
    text: `On Mon, 6 May 2024 at 10:00, Ines Fulmar <ines@x.example.org> wrote:\n> ${quoted}\n\n${answer}\n`,
  },
];

describe('what became of it', () => {
  it('names acks, nacks, the author’s correction and the later version, each with its words and link', async () => {
    const notes = await notesOn('v1@gannet.example.org', patchThread);
    expect(said(notes)).toEqual([
      'superseded by Ines Fulmar: [PATCH v2 1/2] rock: cache the nest count',
      'acked by Tor Skua: Acked-by: Tor Skua <tor@gannet.example.org>',
      'nacked by Una Petrel: NAK: the count is stale as soon as a chick leaves the ledge.',
      'corrected by Ines Fulmar: I was wrong about the load being enough, version two takes the lock.',
    ]);
    expect(notes.every(({ permalinks }) => permalinks[0]?.url.startsWith('https://lists.example.org/'))).toBe(true);
  });

  it('says that a patch was applied, and does not call an older version later', async () => {
    expect(said(await notesOn('v2@gannet.example.org', patchThread))).toEqual([
      'applied by Tor Skua: Applied, thanks.',
    ]);
  });

  it('does not credit whoever sends a patch on with its author’s words', async () => {
    const sentOn = {
      id: 'sent-on@x.example.org',
      from: 'Tor Skua <tor@gannet.example.org>',
      subject: 'Re: [PATCH 1/2] rock: cache the nest count',
      inReplyTo: 'v1@gannet.example.org',
      text: 'From: Odd Tern <odd@gannet.example.org>\n\nNAK: the ledge keeps a count of its own.\n',
    };
    const ids = (await notesOn('v1@gannet.example.org', [...patchThread, sentOn])).map(({ messageId }) => messageId);
    expect(ids).not.toContain(sentOn.id);
    const own = { ...sentOn, text: sentOn.text.replace('Odd Tern', 'Tor Skua') };
    const notes = said(await notesOn('v1@gannet.example.org', [...patchThread, own]));
    expect(notes).toContain('nacked by Tor Skua: NAK: the ledge keeps a count of its own.');
  });

  it('does not take a quoted NAK for one', async () => {
    const quoting = patchThread.filter(({ id }) => !id.startsWith('nak') && !id.startsWith('v2'));
    const tied = quoting.map((mail) =>
      mail.id.startsWith('quoting') ? { ...mail, inReplyTo: 'v1@gannet.example.org' } : mail,
    );
    const kinds = (await notesOn('v1@gannet.example.org', tied)).map(({ kind }) => kind);
    expect(kinds).not.toContain('nacked');
  });

  it.each(['That is wrong, it goes once.', 'I disagree, it went only on Sundays last year.', "No, that's not true."])(
    'takes an explicit objection under the quoted words for one: %s',
    async (answer) => {
      const first = answer.split(/(?<=\.) /)[0];
      expect(said(await notesOn('claim@x.example.org', claimAnd(answer), claim))).toEqual([
        `objected by Una Petrel: ${first}`,
      ]);
    },
  );

  it.each([
    ['tone', 'Oh dear, oh dear, really.'],
    ['a question', 'Is that wrong by any chance?'],
    ['agreement', 'That is right, it does go twice.'],
  ])('makes nothing of %s', async (_what, answer) => {
    expect(await notesOn('claim@x.example.org', claimAnd(answer), claim)).toEqual([]);
  });

  it('says what a patch tracker says, first, in its own word, with its page and where that is', async () => {
    const library = await libraryOf(patchThread);
    const id = idOf('v2@gannet.example.org');
    const page = 'https://patchwork.example.org/project/gannet/patch/v2@gannet.example.org/';
    const said = { source: 'https://patchwork.example.org/project/gannet/list/', since: Date.UTC(2024, 4, 8, 9) };
    library.states.set(id, [
      { ...said, state: 'changes-requested', permalink: page },
      { source: 'https://other.example.org/', state: 'new', since: null, permalink: null },
    ]);
    const message = library.message(id);
    const notes = message && statusOf(library, message, { spans: [{ start: 0, end: 10 }], voice: { kind: 'own' } });
    expect(notes?.map(({ kind }) => kind)).toEqual(['tracked', 'applied']);
    expect(notes?.[0]).toEqual({
      kind: 'tracked',
      by: 'patchwork.example.org',
      at: { instant: said.since, offset: 0 },
      messageId: id,
      text: 'changes-requested',
      permalinks: [{ list: 'gannet-users', url: page }],
    });
  });

  it('says of recovered words nothing that a tracker says of the message that quotes them', async () => {
    const library = await libraryOf(patchThread);
    const id = idOf('ack@gannet.example.org');
    library.states.set(id, [{ source: 'https://other.example.org/', state: 'rejected', since: null, permalink: null }]);
    const message = library.message(id);
    expect(
      message && statusOf(library, message, { spans: [{ start: 0, end: 10 }], voice: { kind: 'recovered' } }),
    ).toEqual([]);
  });

  it('keeps an objection to the code of a patch apart from its words', async () => {
    const [patch] = patchThread;
    const diff =
      'diff --git a/rock.c b/rock.c\n--- a/rock.c\n+++ b/rock.c\n@@ -1,2 +1,3 @@\n int nests;\n+int count;\n int eggs;\n';
    const quoted = `${patch?.text ?? ''}---\n${diff}`;
    const mails = [
      { ...patch!, text: quoted },
      {
        ...patchThread[1]!,
        text: `On Mon, 6 May 2024 at 08:00, Ines Fulmar <ines@gannet.example.org> wrote:\n${quoted.replace(/^/gm, '> ')}\n\nThis is wrong.\n`,
      },
    ];
    expect(await notesOn('v1@gannet.example.org', mails, 'Keep the count in the rock')).toEqual([]);
  });

  it('keeps an objection to other words of the message apart', async () => {
    const mails = claimAnd('That is wrong, it is warm.', 'Bring a coat, it is cold on deck in winter.');
    expect(await notesOn('claim@x.example.org', mails, claim)).toEqual([]);
  });
});
