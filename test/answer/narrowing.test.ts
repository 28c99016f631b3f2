import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { answerJson } from '../../answer/json.js';
import { nearestNames } from '../../answer/question/narrowing.js';
import { silenceWords } from '../../answer/silence/silence.js';
import { renderAnswer } from '../../cli/render-answer.js';
import { libraryOf } from './memory-library.js';
import { patchThread } from './threads.js';

const question = 'why is the nest count cached?';

describe('a filter', () => {
  it.each([
    ['list:gannet-user nests', /no list gannet-user: it has gannet-users/],
    ['nests after:2023 before:2022', /after 2023-01-01 and before 2022-01-01/],
    ['nests after:2023 before:2023', /earlier day/],
  ])('that can let nothing through is refused, saying how to mend it: %s', async (asked, message) => {
    await expect(ask(await libraryOf(patchThread), { question: asked })).rejects.toThrow(message);
  });

  it('may name a list in any letters', async () => {
    const answer = await ask(await libraryOf(patchThread), { question, lists: ['gannet-users'] });
    expect(answer.searched).toMatchObject({ lists: ['gannet-users'], messages: 7 });
  });

  it('leaves what is counted as searched', async () => {
    const library = await libraryOf(patchThread);
    const { searched } = await ask(library, { question, author: 'Tor Skua' });
    expect(searched).toMatchObject({ messages: 3, author: 'Tor Skua' });
    expect(searched.first?.instant).toBe(Date.parse('2024-05-06T07:00:00Z'));
    const later = await ask(library, { question: `${question} after:2030` });
    expect(later).toMatchObject({ kind: 'nothing-found', searched: { messages: 0, first: null, last: null } });
    expect(later).not.toHaveProperty('silence');
  });

  it('that names somebody whom the archive does not know is answered so, with the nearest names', async () => {
    const answer = await ask(await libraryOf(patchThread), { question, author: 'Una Petrell' });
    const silence = { kind: 'unknown-author', name: 'Una Petrell', nearest: ['Una Petrel'] };
    expect(answer).toMatchObject({ kind: 'nothing-found', silence, searched: { messages: 0 } });
    expect(answerJson(answer)).toMatchObject({ silence });
    const shown = renderAnswer(answer, { width: 200, colors: { bold: String, dim: String } as never });
    expect(shown).toContain('Nobody called Una Petrell speaks in the archive; the nearest names: Una Petrel.');
  });
});

describe('the nearest names', () => {
  it.each([
    ['Ines Fulmer', ['Ines Fulmar']],
    ['Skua', ['Tor Skua', 'Skuas, Ana']],
    ['fulmar ines', ['Ines Fulmar']],
    ['Wolfgang Amadeus', []],
    ['', []],
    ['@', []],
  ])('of %j', (wanted, near) => {
    expect(nearestNames(['Tor Skua', 'Ines Fulmar', 'Skuas, Ana'], wanted)).toEqual(near);
  });

  it('offers one of the spellings of a name: that of which most is said', () => {
    expect(nearestNames(['Tor K. Skua', 'Tor K Skua', 'Tor Skuas'], 'Tor Skoa')).toEqual(['Tor K. Skua', 'Tor Skuas']);
  });
});

describe('why there is no answer', () => {
  const shown = (text: string): string => `[${text}]`;
  it.each([
    [
      { kind: 'no-question' },
      'There is nothing to look up in these words: ask about something that its messages speak of.',
    ],
    [
      { kind: 'not-in-thread', name: 'Una', subject: 'buckets' },
      'Nobody called [Una] speaks in the thread at hand, “[buckets]”.',
    ],
    [{ kind: 'not-in-thread', name: 'Una', subject: '' }, 'Nobody called [Una] speaks in the thread at hand.'],
    [{ kind: 'unknown-author', name: 'Una', nearest: [] }, 'Nobody called [Una] speaks in the archive.'],
    [
      { kind: 'unknown-author', name: 'Una', nearest: ['A', 'B'] },
      'Nobody called [Una] speaks in the archive; the nearest names: [A], [B].',
    ],
  ] as const)('%j', (silence, words) => expect(silenceWords(silence, shown)).toBe(words));
});
