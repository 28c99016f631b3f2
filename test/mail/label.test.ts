import { describe, expect, it } from 'vitest';
import { codes, mail, own } from './labelled.js';

describe('labels of prose and quotes', () => {
  it.each<[string, string[], string]>([
    ['own words', ['Hello,', '', 'this is mine.'], 'P0 P0 P0'],
    ['quotes of several depths', ['> one', '> > two', '>>> three', 'mine'], 'Q1 Q2 Q3 P0'],
    ['no marker in >= and an mbox escape', ['>= 4.15 it works', '>From here on'], 'P0 P0'],
    ['an empty marked line between depths', ['> > two', '>', '> one', '', 'mine'], 'Q2 Q2 Q1 Q1 P0'],
    [
      'quotes that Emacs VM indents',
      ['>>>>> Bo Lind ', '>>>>>     on Mon, 4 Mar 2019 10:00:00 +0000 writes:', '', '    > It sticks.', '', 'No.'],
      'A0 A0 A0 Q1 Q1 P0',
    ],
    ['a question before a quote', ['Is this what Bo wrote?', '> It sticks.', 'No.'], 'P0 Q1 P0'],
    [
      'every name before a marker where one is announced',
      ['>>>>> "bo2" == Bo Lind <bo@example.net> writes:', 'bo2> It sticks.', 'ann> When wet?', 'ann> Or cold?', 'No.'],
      'A0 Q1 Q1 Q1 P0',
    ],
    [
      'a tail that lost its marker',
      [
        'On Mon, 4 Mar 2019, Bo Lind wrote:',
        '> the valve opens by itself when the pressure in the second chamber is',
        'too high',
        '> and it closes again later',
        '',
        'Good.',
      ],
      'A0 Q1 Q1 Q1 Q1 P0',
    ],
    [
      'several lines that lost a deeper marker',
      [
        '> > the valve opens by itself when the pressure in the second chamber is too',
        '> high, and it stays open until somebody who has the key comes by and turns',
        '> the wheel',
        '> > and so on',
      ],
      'Q2 Q2 Q2 Q2',
    ],
    [
      "a paragraph's first line that lost its marker",
      [
        '> does the valve open?',
        'Yes.',
        '',
        'And in the spring, when the second chamber is under pressure, does it',
        '> open by itself, or not?',
        '',
        'No.',
      ],
      'Q1 P0 P0 Q1 Q1 Q1 P0',
    ],
    [
      'own words above a command',
      ['To open the valve, you can use the program of the same name, which is', '> valve --open', '', 'Mine.'],
      'P0 Q1 Q1 P0',
    ],
    ['a short answer between quoted lines', ['> does the valve open?', 'yes', '> does it close?', 'no'], 'Q1 P0 Q1 P0'],
    ['elisions', ['> one', '[..]', '> two', '[snip]', '> [...]', 'mine'], 'Q1 E0 Q1 E0 E1 P0'],
    [
      'quotes marked with bars',
      ['On Mon, 4 Mar 2019, Ada Berg wrote:', '| hers', '| more', '', 'Mine.'],
      'A0 Q1 Q1 Q1 P0',
    ],
    ['a table', ['| a | b |', '| 1 | 2 |'], 'P0 P0'],
    [
      'quotes marked with initials',
      ['>>>>> "AB" == Ada Berg <ada@example.org> writes:', '', '    AB> hers', '    AB> more of hers', '', 'Mine.'],
      'A0 A0 Q1 Q1 Q1 P0',
    ],
    [
      "a test robot's pointers",
      ['All errors (new ones prefixed by >>):', '', '>> drivers/valve.c:85:25: error: stray in program'],
      'P0 P0 P0',
    ],
  ])('%s', (_, lines, expected) => expect(codes(mail(...lines))).toBe(expected));

  it('keep code and logs among own words', () => {
    expect(own('I ran\n\n  $ valve --open\n  [1.0] open\n\nand it opened.\n')).toContain('[1.0] open');
  });
});
