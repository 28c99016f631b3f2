import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { longestQuote, shortestQuote } from '../../answer/quote/choose.js';
import { answerJson, recoveredDateJson } from '../../answer/json.js';
import { withoutNearDuplicates } from '../../answer/quote/duplicates.js';
import { personKey } from '../../answer/question/person.js';
import { displayName } from '../../mail/mailbox.js';
import { textAt } from '../../mail/span.js';
import { libraryOf, type TestMail } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

describe('an answer', () => {
  it('quotes the sentences that answer, with who said them, when and where', async () => {
    const answer = await ask(await libraryOf(patchThread), { question: 'Why is the nest count cached in the rock?' });
    if (answer.kind !== 'found') throw new Error('nothing found');
    expect(answer.quotes.some(({ text }) => text.includes('so that a query costs one load.'))).toBe(true);
    expect(answer.quotes[0]).toMatchObject({ list: 'gannet-users', quotedBy: null, verified: true });
    expect(answer.quotes[0]?.permalinks[0]?.url).toMatch(/^https:\/\/lists\.example\.org\/gannet-users\//);
  });

  it('says who quotes the words of a message that is missing, and dates them as the quoting line does', async () => {
    const answer = await ask(await libraryOf(missingParent), { question: 'why are the puffins fed at dawn' });
    if (answer.kind !== 'found') throw new Error('nothing found');
    expect(answer.quotes[0]).toMatchObject({
      speaker: 'Olav Kittiwake',
      text: expect.stringContaining('fed at dawn because the gulls sleep late.') as string,
      quotedBy: { name: 'Tor Skua', messageId: 'reply@gannet.example.org' },
    });
    const [quote] = (answerJson(answer) as { readonly quotes: readonly unknown[] }).quotes;
    expect(quote).toMatchObject({ saidAt: '2024-05-07T20:17:00', quotedBy: { at: '2024-05-08T07:00:00Z' } });
  });

  it('prefers whom the question asks about', async () => {
    const answer = await ask(await libraryOf(patchThread), {
      question: 'what did Una Petrel say about the count and the ledge?',
    });
    expect(answer.kind === 'found' && answer.quotes[0]?.speaker).toBe('Una Petrel');
  });

  it('holds only what the filters let through', async () => {
    const answer = await ask(await libraryOf(patchThread), { question: 'the count of the ledge author:"Tor Skua"' });
    expect(answer.kind === 'found' && answer.quotes.every(({ speaker }) => speaker === 'Tor Skua')).toBe(true);
    expect(answer.searched.author).toBe('Tor Skua');
  });

  it('is an honest no, with the nearest threads and what was searched, where nothing fits', async () => {
    const answer = await ask(await libraryOf(patchThread), {
      question: 'wireless toaster firmware subscription price count',
    });
    expect(answer).toMatchObject({ kind: 'nothing-found', searched: { lists: ['gannet-users'], messages: 7 } });
    expect(answer.kind === 'nothing-found' && answer.nearest[0]?.subject).toContain('rock: cache the nest count');
    expect((await ask(await libraryOf([]), { question: 'anything' })).confidence).toBe(0);
  });

  it('prefers the thread of the question before', async () => {
    const mails = [...patchThread, ...missingParent];
    const answer = await ask(await libraryOf(mails), {
      question: 'and what did Tor say to that?',
      afterQuestion: 'who feeds the puffins at the east cliff?',
    });
    expect(answer.kind === 'found' && answer.quotes[0]?.text).toContain('empty buckets');
  });

  it('shows what says the same once', async () => {
    const again = patchThread.map((mail) => ({ ...mail, id: `again-${mail.id}`, subject: `${mail.subject} (resend)` }));
    const answer = await ask(await libraryOf([...patchThread, ...again]), {
      question: 'is the count stale when a chick leaves?',
      limit: 10,
    });
    const texts = answer.kind === 'found' ? answer.quotes.map(({ text }) => text) : [];
    expect(texts.filter((text) => text.includes('stale as soon as'))).toHaveLength(1);
  });
});

describe('whatever the mail', () => {
  const sentence = fc.constantFrom(
    'The nest count is cached because walking costs time.',
    'i think so',
    'Why?',
    '- an item of a list of nests',
    '\n',
    '> quoted words about the nest count that somebody else wrote here',
    '>> deeper words on nests by a third person that nobody knows of at all',
    'On Mon, 6 May 2024 at 08:00, Olav Kittiwake <olav@x.example.org> wrote:',
    '    $ gannetctl count --nests',
    '[snip]',
    'x'.repeat(600),
    '--\nTor',
  );
  const mail = fc.record({
    author: fc.constantFrom('Ines Fulmar <ines@x.example.org>', 'Tor Skua <tor@x.example.org>', 'ines@y.example.org'),
    parent: fc.nat(5),
    lines: fc.array(sentence, { maxLength: 12 }),
  });

  it('every quote is verbatim, 40 to 500 characters, and its speaker wrote it or is named as who did', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mail, { minLength: 1, maxLength: 6 }), async (drafts) => {
        const mails = drafts.map(({ author, parent, lines }, place): TestMail => {
          const inReplyTo = parent < place ? { inReplyTo: `m${parent}@x.example.org` } : {};
          return {
            id: `m${place}@x.example.org`,
            from: author,
            subject: 'nest count',
            text: lines.join('\n'),
            ...inReplyTo,
          };
        });
        const library = await libraryOf(mails);
        const answer = await ask(library, { question: 'why is the nest count cached?', limit: 10 });
        const quotes = answer.kind === 'found' ? answer.quotes : [];
        expect(quotes.length).toBeLessThanOrEqual(10);
        for (const quote of quotes) {
          const holder = library.message((quote.quotedBy?.messageId ?? quote.messageId)!);
          expect(textAt(holder!.text, quote.spans)).toBe(quote.text);
          expect(quote.text.length).toBeGreaterThanOrEqual(shortestQuote);
          expect(quote.text.length).toBeLessThanOrEqual(longestQuote);
          expect(quote.text).not.toMatch(/^\s*(?:[-*>]|\d+[.)])\s/);
          const author = quote.quotedBy === null ? displayName(holder!.from) : 'Olav Kittiwake';
          expect(personKey(quote.speaker)).toBe(personKey(author));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('near-duplicates', () => {
  it.each([
    [['The rock is empty in March.', 'the rock  is empty in march'], 1],
    [['The rock is empty in March.', 'The rock is full in June, when the gannets are back.'], 2],
    [['The rock is empty in March.', 'Tor wrote that the rock is empty in March.'], 1],
    [[], 0],
  ])('%j', (texts, kept) => {
    expect(withoutNearDuplicates(texts, (text) => text)).toHaveLength(kept);
  });

  it('are found sooner between versions of one patch, which tell the same story reworded', () => {
    const texts = [
      'Counting the nests on the ledge walks over it at every query. Keep the count in the rock.',
      'Counting the nests on the ledge walks over it in spring, which takes an hour. Keep what was found.',
    ];
    const same = (text: string): string => text;
    expect(withoutNearDuplicates(texts, same)).toHaveLength(2);
    expect(withoutNearDuplicates(texts, same, () => 'patches')).toHaveLength(2);
    expect(withoutNearDuplicates(texts, same, () => 'versions')).toHaveLength(1);
  });
});

describe('the date of recovered words', () => {
  const instant = Date.parse('2019-01-30T20:17:00Z');
  it.each([
    [null, '2019-01-30T20:17:00'],
    [0, '2019-01-30T20:17:00Z'],
    [-480, '2019-01-30T12:17:00-08:00'],
  ])('with offset %s', (offset, expected) => {
    expect(recoveredDateJson({ instant, offset })).toBe(expected);
  });
});
