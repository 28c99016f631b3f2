import { describe, expect, it } from 'vitest';
import { statusOf } from '../../answer/status/status.js';
import { idOf, libraryOf, type TestMail } from './memory-library.js';

const ines = 'Ines Fulmar <ines@x.example.org>';
const tor = 'Tor Skua <tor@x.example.org>';
const day = (day: number): string => `${day} May 2024 10:00:00 +0000`;

async function notesOn(id: string, mails: readonly TestMail[], speaker?: string): Promise<string[]> {
  const library = await libraryOf(mails);
  const message = library.message(idOf(id));
  if (message === null) throw new Error(`no message ${id}`);
  const voice = { kind: 'own', ...(speaker === undefined ? {} : { speaker }) } as const;
  const spans = [{ start: 0, end: message.text.length }];
  return statusOf(library, message, { spans, voice }).map(
    ({ kind, messageId, text }) => `${kind} ${messageId} ${text}`,
  );
}

const patch = (id: string, prefix: string, on: number, from = ines): TestMail => ({
  id: `${id}@x.example.org`,
  from,
  subject: `[${prefix}] rock: cache the nest count`,
  date: day(on),
  text: 'Counting nests walks the whole ledge at every query.\n',
});
const reply = (id: string, to: TestMail, text: string, from = tor): TestMail => ({
  id: `${id}@x.example.org`,
  from,
  subject: `Re: ${to.subject}`,
  date: day(20),
  inReplyTo: to.id,
  text,
});

describe('the last version', () => {
  it('is found among many, each with its replies', async () => {
    const versions = Array.from({ length: 14 }, (_, at) => patch(`v${at + 1}`, `PATCH v${at + 1}`, at + 1));
    const replies = versions.flatMap((version, at) => [
      reply(`r${at}`, version, 'The nest count looks right to me.\n'),
    ]);
    expect(await notesOn('v1@x.example.org', [...replies, ...versions])).toEqual([
      'superseded v14@x.example.org [PATCH v14] rock: cache the nest count',
    ]);
  });

  it.each([
    ['PATCH 2/3', 'PATCH v2 0/3'],
    ['PATCH 0/3', 'PATCH v2 2/3'],
  ])('of %s is not the cover letter or the patch that bears its title: %s', async (one, other) => {
    expect(await notesOn('a@x.example.org', [patch('a', one, 1), patch('b', other, 2)])).toEqual([]);
  });

  it('of a series may have no numbers', async () => {
    const told = await notesOn('a@x.example.org', [patch('a', 'PATCHSET v2 0/3', 1), patch('b', 'PATCHSET v3', 2)]);
    expect(told).toHaveLength(1);
  });
});

describe('what says that a patch was applied', () => {
  it('may go over a line end', async () => {
    const one = patch('a', 'PATCH', 1);
    const told = await notesOn(one.id, [
      one,
      reply('b', one, 'Thanks, easier to read now. Pushed\nthis out with minor edits.\n'),
    ]);
    expect(told).toEqual(['applied b@x.example.org Pushed\nthis out with minor edits.']);
  });

  it.each([
    [3, true],
    [4, false],
  ])('may number patches in brackets, from and to: %s', async (number, took) => {
    const cover = { ...patch('cover', 'PATCH 0/4', 1), subject: '[PATCH 0/4] rock: faster nests' };
    const one = { ...patch('a', `PATCH ${number}/4`, 1), inReplyTo: cover.id };
    const said = reply('b', cover, 'Applied patch [1/4] - [3/4] on ledge/for-next.\n');
    const told = await notesOn(one.id, [cover, one, said]);
    expect(told.map((note) => note.split(' ')[0])).toEqual(took ? ['applied'] : []);
  });
});

describe('a patch that somebody sends on', () => {
  const sent = {
    ...patch('a', 'PATCH', 1, tor),
    text: 'From: Ines Fulmar <ines@x.example.org>\n\nThe count is never stale.\n',
  };
  const quoted =
    'On Wed, 1 May 2024, Tor Skua wrote:\n> The count is never stale.\n\nI was wrong about that, it is stale at dawn.\n';

  it('is not taken back by whoever sent it', async () => {
    expect(await notesOn(sent.id, [sent, reply('b', sent, quoted, tor)], 'Ines Fulmar')).toEqual([]);
  });

  it('is taken back by its author', async () => {
    expect(await notesOn(sent.id, [sent, reply('b', sent, quoted, ines)], 'Ines Fulmar')).toEqual([
      'corrected b@x.example.org I was wrong about that, it is stale at dawn.',
    ]);
  });
});
