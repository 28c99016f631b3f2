import { describe, expect, it } from 'vitest';
import { rephrased } from '../../answer/question/rephrase.js';

describe('rephrased', () => {
  it.each([
    ['What is the reason for the journal to exist?', "What is the purpose or raison d'être of the journal?"],
    ['Why does the marker exist?', "what is the purpose or raison d'être of the marker?"],
    ['What does the marker do, according to its author?', 'What does the marker do?'],
    ['What is the reason for the delay?', 'What is the reason for the delay?'],
  ])('%s', (question, expected) => expect(rephrased(question)).toBe(expected));
});
