import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { isCourtesy } from '../../answer/question/courtesy.js';
import { libraryOf } from './memory-library.js';
import { patchThread } from './threads.js';

const greeting = {
  id: 'greeting@gannet.example.org',
  from: 'Odd Tern <odd@gannet.example.org>',
  subject: 'hello',
  text: 'Hello and thanks to everybody, good morning, how are you all doing on the rock today?\n',
};

describe('words without a question', () => {
  it.each([
    'hello',
    'Hi!',
    'thanks!',
    'Thank you very much',
    'hi bot how are you',
    'How are you?',
    'good morning everybody',
    'Nice to meet you',
    'who are you?',
    'what is it?',
    'why?',
  ])('are not answered with what somebody greeted with: %s', async (question) => {
    const answer = await ask(await libraryOf([...patchThread, greeting]), { question });
    expect(answer).toMatchObject({ kind: 'nothing-found', nearest: [], silence: { kind: 'no-question' } });
  });

  it('leave the thread at hand where it is', async () => {
    const library = await libraryOf(patchThread);
    const asked = ['Why is the nest count cached in the rock?', 'thanks!'];
    const answer = await ask(library, { question: 'and what did Una say to that?', afterQuestion: asked });
    expect(answer).toMatchObject({ kind: 'found', quotes: [{ speaker: 'Una Petrel' }] });
    expect(await ask(library, { question: 'thank you', afterQuestion: asked })).toMatchObject({
      kind: 'nothing-found',
    });
  });

  it.each([
    'nest?',
    'rock nests',
    'hello nests',
    'Thanks, and the ledge?',
    '"all of it"',
    'what is it? from:"Una Petrel"',
  ])('are not taken for such where something is asked: %s', async (question) => {
    expect(await ask(await libraryOf(patchThread), { question })).not.toHaveProperty('silence');
  });

  it.each(['bcache?', 'EEXIST', 'raid6 journal', 'nice', 'help', 'bot', 'OK', 'yes(1)', 'all', 'hello world', 'R'])(
    'is not said of %s',
    (text) => expect(isCourtesy(text)).toBe(false),
  );

  it('are told whatever stands around them, and never where a word is of another kind', () => {
    const words = fc.array(fc.constantFrom('hello', 'Thanks', 'you', 'so much', 'everybody', 'bye', 'how are you'), {
      minLength: 1,
    });
    const between = fc.constantFrom(' ', ', ', '! ', '... ');
    fc.assert(
      fc.property(words, between, fc.stringMatching(/^[a-z]{4,8}\d$/), (said, space, word) => {
        const text = ['hi', ...said].join(space);
        expect(isCourtesy(text)).toBe(true);
        expect(isCourtesy(text + space + word)).toBe(false);
      }),
    );
  });
});
