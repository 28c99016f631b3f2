import { describe, expect, it } from 'vitest';
import { statusOf } from '../../answer/status/status.js';
import { idOf, libraryOf, type TestMail } from './memory-library.js';

const ines = 'Ines Fulmar <ines@gannet.example.org>';
const tor = 'Tor Skua <tor@gannet.example.org>';
const at = (hour: number): string => `Mon, 6 May 2024 ${String(hour).padStart(2, '0')}:00:00 +0000`;

const titles = ['rock: count the nests', 'rock: cache the count', 'ledge: lock the cache'];
/** A cover letter and three patches in answer to it. */
const series: readonly TestMail[] = [
  {
    id: 'p0@x.example.org',
    from: ines,
    subject: '[PATCH v2 0/3] count nests once',
    date: at(8),
    text: 'Three patches to count nests only once a day.\n',
  },
  ...titles.map((title, place) => ({
    id: `p${place + 1}@x.example.org`,
    from: ines,
    subject: `[PATCH v2 ${place + 1}/3] ${title}`,
    date: at(8),
    inReplyTo: 'p0@x.example.org',
    text: `This is what the change to the rock number ${place + 1} is good for.\n\nSigned-off-by: ${ines}\n`,
  })),
];

const answering = (text: string, more: Partial<TestMail> = {}): TestMail[] => [
  ...series,
  {
    id: 'reply@x.example.org',
    from: tor,
    subject: 'Re: [PATCH v2 0/3] count nests once',
    date: at(12),
    inReplyTo: 'p0@x.example.org',
    text,
    ...more,
  },
];

/** What is said of the cover letter and each of the patches. */
async function saidOf(mails: readonly TestMail[]): Promise<string[]> {
  const library = await libraryOf(mails);
  return ['p0', 'p1', 'p2', 'p3'].map((id) => {
    const message = library.message(idOf(`${id}@x.example.org`));
    if (message === null) throw new Error(`no message ${id}`);
    const notes = statusOf(library, message, {
      spans: [{ start: 0, end: message.text.length }],
      voice: { kind: 'own' },
    });
    return notes.map(({ kind, text }) => `${kind}: ${text}`).join('; ');
  });
}

describe('what became of a patch of a series', () => {
  it.each([
    'Applied, thanks.',
    'Applied, thanks!',
    'Thanks Ines, applied.',
    'Looks good - applied.',
    'All applied!',
    "I've applied all 3 patches.",
    'This series was applied to gannet.git (main):',
    'Queued for 5.2, thanks.',
    'Applied to rock-6.9 branch.',
    'Applied v2 to rock-next.',
  ])('is told in answer to the cover letter, as said of the series: %s', async (words) => {
    // What ends in a colon has a list below it; here nothing follows.
    const each = words.endsWith(':') ? '' : `series-applied: ${words}`;
    expect(await saidOf(answering(`${words}\n\nTor\n`))).toEqual([`applied: ${words}`, each, each, each]);
  });

  it('is told of those that the answer lists by place and title alone', async () => {
    const list = [1, 3]
      .map((number) => `[${number}/3] ${titles[number - 1] ?? ''}\n      commit: 1234567890ab\n`)
      .join('');
    const said = await saidOf(answering(`Applied, thanks!\n\n${list}\nBest regards,\n`));
    expect(said).toEqual(['', 'applied: Applied, thanks!', '', 'applied: Applied, thanks!']);
  });

  it('is not told of those for which a tool found no commit beside others', async () => {
    const list = titles
      .map(
        (title, place) =>
          `  - [v2,${place + 1}/3] ${title}\n    ${place === 1 ? '(no matching commit)' : 'https://git.example.org/c/12345'}\n`,
      )
      .join('');
    const said = await saidOf(
      answering(`This series was applied to gannet.git (main):\n\nHere is the summary with links:\n${list}`),
    );
    expect(said.map((words) => words.startsWith('applied'))).toEqual([false, true, false, true]);
  });

  it('is told where the list is the cover letter’s own words', async () => {
    const shortlog = titles.map((title, place) => `[${place + 1}/3] ${title}`).join('\n');
    const [cover, ...patches] = series;
    const mails = [
      { ...cover!, text: `Three patches.\n\n${shortlog}\n` },
      ...patches,
      answering(`Applied, thanks!\n\n${shortlog}\n`).at(-1)!,
    ];
    expect(await saidOf(mails)).toEqual(Array.from({ length: 4 }, () => 'applied: Applied, thanks!'));
  });

  it.each([
    ['Applied 1-2, thanks.', [1, 2]],
    ['I applied patches 1 and 3.', [1, 3]],
    ['Queued 2/3 for 5.12.', [2]],
    ["I've applied patches 1..2.", [1, 2]],
  ])('is told of those that the answer numbers: %s', async (words, numbers) => {
    const [, ...patches] = await saidOf(answering(`${words}\n`));
    expect(patches).toEqual([1, 2, 3].map((number) => (numbers.includes(number) ? `applied: ${words}` : '')));
  });

  it.each([
    'Applied the first two, thanks.',
    'Applied all but the last one.',
    'Applied, except for the lock.',
    "I've applied the patch.",
    'Applied, thanks. I dropped the lock for now.',
    'Applied, thanks. Please resend 3/3 on top.',
    'Applied v1 a while ago.',
    'I have applied this locally and the count is off by one.',
    'I applied the following instead:',
    'Has this been applied?',
    'The applied lock is too wide.',
  ])('is not made up from a word about a part, another version, a trial or a question: %s', async (words) => {
    const [, ...patches] = await saidOf(answering(`${words}\n`));
    expect(patches).toEqual(['', '', '']);
  });

  it.each<[string, Partial<TestMail>]>([
    [
      'by the author of the series of more than that',
      { from: ines, text: 'Applied your remarks to the next version.\n' },
    ],
    ['before the patches were sent', { date: at(1) }],
    ['of another version', { inReplyTo: 'old@x.example.org' }],
    ['of a single patch', { inReplyTo: 'p2@x.example.org', subject: `Re: [PATCH v2 2/3] ${titles[1] ?? ''}` }],
  ])('is not taken from what is said %s', async (_what, more) => {
    const old = { ...series[0]!, id: 'old@x.example.org', subject: '[PATCH 0/3] count nests once', date: at(1) };
    const [, first, , third] = await saidOf([old, ...answering('Applied, thanks.\n', more)]);
    expect([first, third]).toEqual(['', '']);
  });

  it('is taken from the author of the series, who may be its maintainer, where no more is said', async () => {
    const said = await saidOf(answering('Applied to rock-6.19\n', { from: ines }));
    expect(said).toEqual([
      'applied: Applied to rock-6.19',
      ...Array<string>(3).fill('series-applied: Applied to rock-6.19'),
    ]);
  });

  it('is taken from an answer to the first patch, where there is no cover letter, by its list alone', async () => {
    const headless = (text: string): TestMail[] =>
      answering(text, { inReplyTo: 'p1@x.example.org', subject: `Re: [PATCH v2 1/3] ${titles[0] ?? ''}` })
        .filter(({ id }) => !id.startsWith('p0'))
        .map((mail) => (/^p[23]/.test(mail.id) ? { ...mail, inReplyTo: 'p1@x.example.org' } : mail));
    const library = await libraryOf(headless(`Applied, thanks!\n\n[2/3] ${titles[1] ?? ''}\n`));
    const kinds = ['p1', 'p2', 'p3'].map((id) => {
      const message = library.message(idOf(`${id}@x.example.org`))!;
      return statusOf(library, message, { spans: [], voice: { kind: 'own' } }).map(({ kind }) => kind);
    });
    expect(kinds).toEqual([[], ['applied'], []]);
    const bare = await libraryOf(headless('Applied, thanks!\n'));
    const second = bare.message(idOf('p2@x.example.org'))!;
    expect(statusOf(bare, second, { spans: [], voice: { kind: 'own' } })).toEqual([]);
  });

  it('is nothing for a remark on a patch: what is applied, acked or reviewed is the patch', async () => {
    const remark: TestMail = {
      id: 'remark@x.example.org',
      from: tor,
      subject: `Re: [PATCH v2 1/3] ${titles[0] ?? ''}`,
      date: at(9),
      inReplyTo: 'p1@x.example.org',
      text: 'The ledge is wider than the rock is, so count it from the sea.\n',
    };
    const thanks: TestMail = {
      ...remark,
      id: 'thanks@x.example.org',
      from: 'Una Petrel <una@gannet.example.org>',
      date: at(10),
      inReplyTo: 'remark@x.example.org',
      text: `Applied, thanks.\n\nReviewed-by: Una Petrel <una@gannet.example.org>\n`,
    };
    const library = await libraryOf([...series, remark, thanks]);
    const message = library.message(idOf('remark@x.example.org'))!;
    expect(statusOf(library, message, { spans: [{ start: 0, end: 60 }], voice: { kind: 'own' } })).toEqual([]);
  });

  describe('below a reply to the patch', () => {
    const una = 'Una Petrel <una@gannet.example.org>';
    const review: TestMail = {
      id: 'review@x.example.org',
      from: una,
      subject: `Re: [PATCH v2 1/3] ${titles[0] ?? ''}`,
      date: at(9),
      inReplyTo: 'p1@x.example.org',
      text: 'Looks right to me. A friendly ping for the maintainer.\n',
    };
    const patched = `This works here instead:\n\n---\n rock.c | 2 +-\n\ndiff --git a/rock.c b/rock.c\n--- a/rock.c\n+++ b/rock.c\n@@ -1 +1 @@\n-wet\n+dry\n`;

    it.each<[string, string, string, Partial<TestMail>, string]>([
      ['is said of the patch', 'Applied to rock-6.19, thanks!', tor, {}, 'applied: Applied to rock-6.19, thanks!'],
      ['is not said by the author, of a remark', 'Applied.', ines, {}, ''],
      ['is not said of a part', 'I applied some of it in separate commits.', tor, {}, ''],
      ['is not said of more than the patch', 'Applied the two of yours and mine.', tor, {}, ''],
      ['is not said of another patch that the reply brings', 'Applied, thanks.', tor, { text: patched }, ''],
      ['is not said of another version', 'Applied to v3.', tor, {}, ''],
    ])('it %s', async (_what, text, from, between, expected) => {
      const answer: TestMail = {
        ...review,
        id: 'answer@x.example.org',
        from,
        date: at(12),
        inReplyTo: review.id,
        text: `${text}\n`,
      };
      const [, first] = await saidOf([...series, { ...review, ...between }, answer]);
      expect(first).toBe(expected);
    });
  });
});
