import { describe, expect, it } from 'vitest';
import { patchworkPage } from '../../../ingest/readers/patchwork-page.js';
import { patchworkRest } from '../../../ingest/readers/patchwork-rest.js';
import { patchworkText } from '../../../ingest/readers/patchwork-text.js';
import { innerText } from './inner-text.js';
import { iso, read, sample } from './page-fields.js';

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
