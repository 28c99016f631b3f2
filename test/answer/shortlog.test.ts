import { describe, expect, it } from 'vitest';
import { shortlogLines } from '../../answer/quote/shortlog.js';
import { sentencesOf } from '../../answer/quote/sentences.js';
import { linesOf } from './text-lines.js';

const shortlog = (text: string): string[] =>
  [...shortlogLines(text, linesOf(text))].map(({ start, end }) => text.slice(start, end).trim());

describe('git’s shortlog', () => {
  it('is found by the count beside each name, folded titles included', () => {
    const text =
      'Count nests once.\n\nInes Fulmar (2):\n  rock: count the nests\n  rock: cache the count where the ledge is\n    long\n\nTor Skua (1):\n  ledge: lock\n\nMore words.\n';
    expect(shortlog(text)).toEqual([
      'Ines Fulmar (2):',
      'rock: count the nests',
      'rock: cache the count where the ledge is',
      'long',
      'Tor Skua (1):',
      'ledge: lock',
    ]);
    const quoted = sentencesOf(text, linesOf(text)).filter(({ kind }) => kind !== 'courtesy');
    expect(quoted.map(({ start, end }) => text.slice(start, end))).toEqual(['Count nests once.', 'More words.']);
  });

  it.each([
    ['another count', 'Ferries (2):\n  Alca\n  Uria\n  Cepphus\n'],
    ['nothing indented below', 'Issue two (1986):\nhttps://x.example.org/issue\n'],
    ['a list with bullets', 'Open questions (2):\n  - who counts\n  - and when\n'],
    ['words behind the colon', 'Ines Fulmar (1): rock\n  count\n'],
    ['an end of the text', 'Ines Fulmar (3):'],
  ])('is not made of %s', (_what, text) => {
    expect(shortlog(text)).toEqual([]);
  });
});
