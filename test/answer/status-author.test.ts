import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusOf } from '../../answer/status/status.js';
import { idOf, libraryOf, type TestMail } from './memory-library.js';

const ines = 'Ines Fulmar <ines@x.example.org>';
const day = (day: number, year = 2024): string => `${day} May ${year} 10:00:00 +0000`;

async function notesOn(id: string, mails: readonly TestMail[], words?: string): Promise<string[]> {
  const library = await libraryOf(mails);
  const message = library.message(idOf(id));
  if (message === null) throw new Error(`no message ${id}`);
  const start = words === undefined ? 0 : message.text.indexOf(words);
  const end = words === undefined ? message.text.length : start + words.length;
  return statusOf(library, message, { spans: [{ start, end }], voice: { kind: 'own' } }).map(
    ({ kind, messageId, text }) => `${kind} by ${messageId}: ${text}`,
  );
}

describe('a later version of a patch', () => {
  const version = (prefix: string, date: string, from = ines): TestMail => ({
    id: `${prefix.replaceAll(/\W/g, '')}${date.replaceAll(/\W/g, '')}@x.example.org`,
    from,
    subject: `[${prefix}] rock: cache the nest count`,
    date,
    text: 'Counting nests walks the whole ledge at every query.\n',
  });
  const on = (first: TestMail, ...others: TestMail[]): Promise<string[]> => notesOn(first.id, [first, ...others]);

  it.each([
    ['PATCH', 'PATCH v2'],
    ['PATCH v2 1/4', 'PATCH v3 2/5'],
    ['RFC v3', 'PATCH'],
    ['RFC PATCH v2', 'PATCH 1/2'],
    ['PATCH RFC', 'RFC PATCH v2'],
  ])('supersedes: %s by %s', async (earlier, later) => {
    const next = version(later, day(9));
    expect(await on(version(earlier, day(6)), next)).toEqual([`superseded by ${next.id}: ${next.subject}`]);
  });

  it.each<[string, TestMail]>([
    ['sent before, though its number is higher', version('PATCH v12', day(3))],
    ['of a lower number, which may be for another branch', version('PATCH', day(9))],
    ['of the same number, sent once more', version('RESEND PATCH v2', day(9))],
    ['by somebody else', version('PATCH v3', day(9), 'Tor Skua <tor@x.example.org>')],
  ])('is none that was %s', async (_what, other) => {
    expect(await on(version('PATCH v2', day(6)), other)).toEqual([]);
  });

  it('is the latest of several', async () => {
    const last = version('PATCH', day(11));
    const said = await on(version('RFC v1', day(6)), version('RFC v2', day(8)), last, version('RFC v7', day(2)));
    expect(said).toEqual([`superseded by ${last.id}: ${last.subject}`]);
  });

  it('is never older than what it supersedes', async () => {
    const some = fc.record({
      prefix: fc.constantFrom('PATCH', 'RFC', 'PATCH v2', 'RFC v2', 'PATCH v3'),
      at: fc.integer({ min: 1, max: 28 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(some, { minLength: 2, maxLength: 5, selector: ({ at }) => at }),
        async (drawn) => {
          const mails = drawn.map(({ prefix, at }) => version(prefix, day(at)));
          const said = await on(mails[0]!, ...mails.slice(1));
          const older = drawn
            .filter(({ at }) => at < drawn[0]!.at)
            .map(({ prefix, at }) => version(prefix, day(at)).id);
          expect(said.some((note) => older.some((id) => note.includes(id)))).toBe(false);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the author’s own correction', () => {
  const claim = 'The ferry to the rock goes twice a day in winter.';
  const coat = 'Bring a coat, it is cold on deck from October on.';
  const mail: TestMail = {
    id: 'claim@x.example.org',
    from: ines,
    subject: 'ferry',
    date: day(6),
    text: `${claim}\n\n${coat}\n`,
  };
  const wrote = 'On 6 May 2024 at 10:00, Ines Fulmar <ines@x.example.org> wrote:';
  const una: TestMail = {
    id: 'una@x.example.org',
    from: 'Una Petrel <una@x.example.org>',
    subject: 'Re: ferry',
    date: day(7),
    inReplyTo: mail.id,
    text: `${wrote}\n> ${claim}\n\nIt went once a day when I was there.\n\n> ${coat}\n\nAnd a hat, too, on all days of it.\n`,
  };
  const later = (text: string, more: Partial<TestMail> = {}): TestMail => ({
    ...una,
    id: 'later@x.example.org',
    from: ines,
    date: day(8),
    text,
    ...more,
  });
  const below = (words: string, quoted = `> ${claim}`): TestMail => later(`${wrote}\n${quoted}\n\n${words}\n`);
  const toUna = (words: string, answered: string): TestMail =>
    later(`On 7 May 2024 at 10:00, Una Petrel <una@x.example.org> wrote:\n> ${answered}\n\n${words}\n`, {
      inReplyTo: una.id,
    });

  it.each([
    'I was wrong, it goes once.',
    'Scratch that, it goes once.',
    'Oops, I misread the table.',
    'My bad.',
    'Sorry, my mistake: it goes once.',
    'I stand corrected.',
  ])('stands below a quote of the words: %s', async (words) => {
    expect((await notesOn(mail.id, [mail, below(words)], claim))[0]).toMatch(/^corrected by later@/);
  });

  it('or below somebody’s answer to them, and not to others', async () => {
    const said = toUna('I stand corrected.', 'It went once a day when I was there.');
    expect(await notesOn(mail.id, [mail, una, said], claim)).toEqual([
      'corrected by later@x.example.org: I stand corrected.',
    ]);
    expect(await notesOn(mail.id, [mail, una, said], coat)).toEqual([]);
    const hat = toUna('I stand corrected.', 'And a hat, too, on all days of it.');
    expect(await notesOn(mail.id, [mail, una, hat], claim)).toEqual([]);
  });

  it.each([
    ['Built from scratch that works great.'],
    ['Scratch that works well on the hull.'],
    ['The reason for the question was that I was wrong about the tide table.'],
    ['Gotcha, I guess I misread you, so we agree.'],
    ['I was away this week, my bad that it took so long.'],
    ['Perhaps I misread the table, it looks odd.'],
  ])('is not any sentence with such words in it: %s', async (words) => {
    expect(await notesOn(mail.id, [mail, below(words)], claim)).toEqual([]);
  });

  it('is not what stands far below the quote, below other words, or in a mail without any', async () => {
    const long = 'The ferry has a bar, and the bar has tea with milk in it. '.repeat(6);
    expect(await notesOn(mail.id, [mail, below(`${long}\n\nI was wrong.`)], claim)).toEqual([]);
    expect(await notesOn(mail.id, [mail, below('I was wrong.', `> ${coat}`)], claim)).toEqual([]);
    expect(await notesOn(mail.id, [mail, later('I was wrong.\n')], claim)).toEqual([]);
  });

  it('is not what the next version of a patch or its cover letter says', async () => {
    const patch = { ...mail, subject: '[PATCH] ferry: twice a day' };
    const next = { ...below('I was wrong, it goes once.'), subject: '[PATCH v2 0/2] ferry: once a day' };
    expect(await notesOn(patch.id, [patch, next], claim)).toEqual([]);
    const reply = { ...next, subject: 'Re: [PATCH] ferry: twice a day' };
    expect(await notesOn(patch.id, [patch, reply], claim)).toHaveLength(1);
  });

  it('that asks to ignore the last mail speaks of the mail before it', async () => {
    const ignore = later('Please ignore my last mail, I had the wrong table.\n');
    expect(await notesOn(mail.id, [mail, ignore], claim)).toHaveLength(1);
    const between = later('The ferry is called Alca.\n', { id: 'between@x.example.org', date: day(7) });
    expect(await notesOn(mail.id, [mail, between, ignore], claim)).toEqual([]);
  });
});
