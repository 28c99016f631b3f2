import { describe, expect, it } from 'vitest';
import { codes, mail, speakers } from './labelled.js';

const ada = 'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:';
const cy = 'On Sun, Mar 3, 2019 at 9:00 AM Cy Dahl <cy@example.org> wrote:';

describe('quoted lines of which it is unclear whose they are', () => {
  it.each<[string, string[], string[]]>([
    [
      'typed behind a prompt that is indented, where the quote is not',
      [ada, '> Hers.', 'I see this:', '  > valve --open', '  it sticks', '> Hers.'],
      ['Ada Berg', '?', 'Ada Berg'],
    ],
    [
      'the same, quoted in a reply',
      [ada, `> ${cy}`, '>> His.', '> I see this:', '>   > valve --open', '>   it sticks', '> > His.'],
      ['Cy Dahl', 'Ada Berg', '?', 'Ada Berg', 'Cy Dahl'],
    ],
    [
      'but not one that a mail program indents among its neighbours',
      [ada, ' > Hers, with a marker that is indented,', '> and without.', '', 'Mine.'],
      ['Ada Berg', 'Ada Berg'],
    ],
    [
      'what may be the rest of a deeper line that was wrapped',
      [
        ada,
        `> ${cy}`,
        '> > The valve of the second chamber was closed with a tool by the firm',
        '> Valves and Sons',
        '> > in the spring.',
        '> Hers.',
      ],
      ['Cy Dahl', '?', 'Cy Dahl', 'Ada Berg'],
    ],
    [
      'but not an answer below a sentence that has ended',
      [
        ada,
        `> ${cy}`,
        '> > The valve of the second chamber was closed with a tool by the firm.',
        '> Not at all.',
        '> > In the spring.',
      ],
      ['Cy Dahl', 'Ada Berg', 'Cy Dahl'],
    ],
    [
      "unmarked words below two attributions, with a gateway's warning between them",
      [
        'Mine.',
        '',
        'From: Ada Berg <ada@example.org>',
        'Sent: Monday, March 4, 2019 10:11',
        'Subject: valves',
        '',
        '*** WARNING: This message originates from outside the firm. ***',
        '',
        cy,
        'His or hers.',
      ],
      ['?'],
    ],
  ])('%s', (_, lines, expected) => expect(speakers(...lines)).toEqual(expected));

  it.each<[string, string[], string]>([
    [
      'notes between the trailers are of whoever passes the patch on',
      ['It sticks.', '', 'Signed-off-by: Ada Berg <ada@example.org>', '[bo: fixed the title]', '[ cy: and the rest ]'],
      'P0 P0 T0 T0 T0',
    ],
    ["a note above the trailers is anybody's", ['[bo: fixed the title]', 'It sticks.'], 'P0 P0'],
    ['what a list took out is nobody’s', [ada, '> Hers.', '> ? ? ? ?[[alternative HTML version deleted]]'], 'A0 Q1 F1'],
  ])('%s', (_, lines, expected) => expect(codes(mail(...lines))).toBe(expected));
});
