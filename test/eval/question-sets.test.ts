import { describe, expect, it } from 'vitest';
import { parseSet, withoutFolders } from '../../eval/question-sets.js';

describe('question sets', () => {
  it('name an index and the questions over it', () => {
    expect(parseSet('data/tea=sets/tea.jsonl')).toEqual({
      name: 'data/tea=sets/tea.jsonl',
      dataDir: 'data/tea',
      questions: 'sets/tea.jsonl',
    });
    expect(() => parseSet('data/tea')).toThrow('data/tea: expected <data folder>=<questions.jsonl>');
  });

  it('are named without the folders of one machine', () => {
    expect(withoutFolders(['/home/ann/data/tea=../sets/tea.jsonl', 'mud=mud.jsonl'])).toBe(
      'tea=tea.jsonl mud=mud.jsonl',
    );
  });
});
