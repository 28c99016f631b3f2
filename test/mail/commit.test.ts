import { describe, expect, it } from 'vitest';
import { labelBlocks } from '../../mail/label.js';
import { codes, mail } from './labelled.js';

const commit = [
  'commit 5f3c9a1e77b2',
  'Author: Bo Lind <bo@example.net>',
  'Date:   Fri Apr 19 14:38:17 2024 +0200',
  '',
  '    pump: stop before the tank is empty',
  '',
  '    A dry pump wears out within a day.',
];

describe('a pasted commit', () => {
  it.each<[string, string[], string]>([
    ['is its author’s', ['It was this one:', '', ...commit, '', 'So it was on purpose.'], 'P0 A0 Q1 P0'],
    [
      'ends where less is indented, as a diffstat is',
      [...commit, '', ' pump.c | 2 +-', ' 1 file changed, 1 insertion(+), 1 deletion(-)', '', 'It sticks.'],
      'A0 Q1 D0 P0',
    ],
    [
      'may be indented itself, among commands',
      ['I asked git:', '', '\t$ git log -1', ...commit.map((line) => `\t${line}`), '\t$', '', 'It sticks.'],
      'P0 A0 Q1 P0',
    ],
    ['may be quoted', ['Bo?', ...commit.map((line) => `> ${line}`), 'Yes.'], 'P0 A1 Q2 P0'],
    [
      'has git’s other fields, too',
      [
        'commit 5f3c9a1e77b2 (HEAD -> main)',
        'Merge: 11aa22b 33cc44d',
        'Author:     Bo Lind <bo@example.net>',
        'AuthorDate: Fri Apr 19 14:38:17 2024 +0200',
        'Commit:     Ada Berg <ada@example.org>',
        'CommitDate: Sat Apr 20 10:00:00 2024 +0200',
        '',
        '    pump: stop',
        '',
        'Mine.',
      ],
      'A0 Q1 P0',
    ],
    ['names nobody without an author', ['commit 5f3c9a1e77b2 upstream.', '', '    Indented words.'], 'P0'],
    ['is no sentence about one', ['commit 5f3c9a1e77b2 broke it.', 'Author: nobody knows.'], 'P0'],
    ['ends with a quote', [...commit, '> It sticks.', 'Mine.'], 'A0 Q1 P0'],
  ])('%s', (_what, lines, expected) => {
    expect(codes(mail(...lines)).replace(/(\S+)(?: \1)+(?!\S)/gu, '$1')).toBe(expected);
  });

  it('names who wrote it, and when', () => {
    const blocks = labelBlocks(mail('It was this one:', '', ...commit, '', 'Yes.'));
    const said = blocks.find(({ kind }) => kind === 'attribution')?.attribution;
    expect(said).toMatchObject({ name: 'Bo Lind', address: 'bo@example.net' });
    expect(said?.date?.instant).toBe(Date.parse('2024-04-19T12:38:17Z'));
  });
});
