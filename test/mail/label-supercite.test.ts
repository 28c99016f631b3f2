import { describe, expect, it } from 'vitest';
import { codes, mail, speakers } from './labelled.js';

const ada = 'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:';

describe('attributions behind >>>>>', () => {
  it.each<[string, string[], string[]]>([
    [
      'quoted with the words that they speak of',
      [ada, '>>>>>> "CD" == Cy Dahl <cy@example.org> writes:', '>', '>> His.', '> Hers.', '', 'Mine.'],
      ['Cy Dahl', 'Ada Berg'],
    ],
    [
      'quoted behind a blank, with names before the markers',
      [ada, '> >>>>> "CD" == Cy Dahl <cy@example.org> writes:', '>', '>     CD> His.', '>     CD>\tHis.', '> Hers.'],
      ['Cy Dahl', 'Cy Dahl', 'Ada Berg'],
    ],
    [
      'in two lines, quoted',
      [
        ada,
        '> >>>>> Cy Dahl <cy@example.org>',
        '> >>>>>     on Sun, 3 Mar 2019 09:00:00 +0000 writes:',
        '>',
        '>     > His.',
        '>',
        '> Hers.',
      ],
      ['Cy Dahl', 'Ada Berg'],
    ],
    [
      'within a quote that a phone sets its own line in',
      [
        'Mine.',
        '',
        '> Am 04.03.2019 um 10:11 schrieb Ada Berg <ada@example.org>:',
        '> ',
        '>>>>>> "CD" == Cy Dahl <cy@example.org> writes:',
        '> ',
        '>> His.',
        '> ',
        '> Hers.',
      ],
      ['Cy Dahl', 'Ada Berg'],
    ],
    [
      'where they are five quotes deep and no more than that',
      [ada, '>>>>> Cy Dahl <cy@example.org> writes:', '>>>>>', '>>>>>> His.', '>>>>>', '> Hers.', '', 'Mine.'],
      ['Cy Dahl', 'Ada Berg'],
    ],
  ])('%s', (_, lines, expected) => expect(speakers(...lines)).toEqual(expected));

  it('leave names before markers alone where nothing says that they are names', () => {
    expect(codes(mail(ada, '> std> x', '> R> y', '> R> z', '', 'Mine.'))).toBe('A0 Q1 Q1 Q1 Q1 P0');
  });
});
