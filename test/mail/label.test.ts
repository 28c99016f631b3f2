import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBodyAuthor, labelBlocks } from '../../mail/label.js';
import { ownText } from '../../mail/own.js';
import { trailersOf } from '../../mail/trailer.js';

const LETTERS = {
  prose: 'P',
  quote: 'Q',
  attribution: 'A',
  patch: 'D',
  trailer: 'T',
  signature: 'S',
  footer: 'F',
  armor: 'G',
  elision: 'E',
} as const;

/** One code a line: kind and depth, `P0 Q1 A0`. */
function codes(text: string): string {
  return labelBlocks(text)
    .flatMap((block) => block.lines.map(() => `${LETTERS[block.kind]}${block.depth}`))
    .join(' ');
}

const own = (text: string): string => ownText({ text, blocks: labelBlocks(text) });
const mail = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('labels', () => {
  it.each<[string, string[], string]>([
    ['own words', ['Hello,', '', 'this is mine.'], 'P0 P0 P0'],
    ['quotes of several depths', ['> one', '> > two', '>>> three', 'mine'], 'Q1 Q2 Q3 P0'],
    ['no marker in >= and an mbox escape', ['>= 4.15 it works', '>From here on'], 'P0 P0'],
    ['an empty marked line between depths', ['> > two', '>', '> one', '', 'mine'], 'Q2 Q2 Q1 Q1 P0'],
    [
      'a patch as git writes it, set into a mail',
      [
        'Here it is:',
        `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001`,
        'From: Bo Lind <bo@example.net>',
        'Subject: [PATCH] valve: close it',
        '',
        'It must close.',
      ],
      'P0 A0 A0 A0 A0 Q1',
    ],
    [
      'trailers that a robot proposes',
      ['kindly add', '| Reported-by: robot <r@example.org>', '| Closes: https://example.org/1'],
      'P0 T0 T0',
    ],
    [
      'quotes that Emacs VM indents',
      ['>>>>> Bo Lind ', '>>>>>     on Mon, 4 Mar 2019 10:00:00 +0000 writes:', '', '    > It sticks.', '', 'No.'],
      'A0 A0 A0 Q1 Q1 P0',
    ],
    [
      'an attribution that the quoted words follow on its line',
      ['It works.', '', '  On Fri, Nov 27, 2020 at 2:20 PM, Bo Lind<bo@example.net> wrote:   Does it?', 'Or not?'],
      'P0 P0 A0 Q1',
    ],
    [
      'an attribution that lost its line end before the marker',
      ['On 24/12/20 11:18 pm, Bo Lind wrote:> It sticks', '> when wet.', 'No.'],
      'A0 Q1 P0',
    ],
    [
      'a divider and its header on one line',
      [
        'It works.',
        '-------- Original message --------From: Bo Lind <bo@example.net> Date: 7/22/19  3:00 PM  (GMT-08:00) To: Ada <a@example.org> Subject: x ',
        'Does it?',
      ],
      'P0 A0 Q1',
    ],
    ['a name that lost its letters', ['On Tue, 29 Sep 2009, Herv? Pag?s wrote:', '> It sticks.', 'No.'], 'A0 Q1 P0'],
    ['a question before a quote', ['Is this what Bo wrote?', '> It sticks.', 'No.'], 'P0 Q1 P0'],
    [
      'every name before a marker where one is announced',
      ['>>>>> "bo2" == Bo Lind <bo@example.net> writes:', 'bo2> It sticks.', 'ann> When wet?', 'ann> Or cold?', 'No.'],
      'A0 Q1 Q1 Q1 P0',
    ],
    [
      'a folded attribution inside a quote',
      [
        'On Mon, 4 Mar 2019, Bo Lind wrote:',
        '> On Sun, 3 Mar 2019 at 10:11, Ada Berg',
        '> <ada@example.org> wrote:',
        '> > first',
        '> second',
        'mine',
      ],
      'A0 A1 A1 Q2 Q1 P0',
    ],
    [
      'an attribution that lost its marker where it was folded',
      [
        'On Mon, 4 Mar 2019, Bo Lind wrote:',
        '> > On Sun, 3 Mar 2019 at 10:11, Ada Berg <ada@example.org>',
        '> wrote:',
        '> > > first',
      ],
      'A0 A2 A2 Q3',
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
    ['a short answer between quoted lines', ['> does the valve open?', 'yes', '> does it close?', 'no'], 'Q1 P0 Q1 P0'],
    [
      "Outlook's blocks, nested",
      [
        'Mine.',
        '',
        '-----Original Message-----',
        'From: Ada Berg [mailto:ada@example.org]',
        'Sent: Monday, March 4, 2019 10:11 AM',
        'To: Bo Lind',
        'Subject: RE: valve',
        '',
        'Hers.',
        '',
        'From: Cy Dahl <cy@example.org>',
        'Sent: Sunday, March 3, 2019 9:00 AM',
        'To: Ada Berg',
        'Subject: valve',
        '',
        'His.',
      ],
      'P0 P0 A0 A0 A0 A0 A0 A0 Q1 Q1 A1 A1 A1 A1 A1 Q2',
    ],
    [
      'localised header blocks',
      [
        'Ja.',
        '',
        'Von: Ada Berg <ada@example.org>',
        'Gesendet: Montag, 4. März 2019 10:11',
        'An: Bo Lind',
        'Betreff: Ventil',
        '',
        'Ihres.',
      ],
      'P0 P0 A0 A0 A0 A0 A0 Q1',
    ],
    [
      'an original message that is marked, with a reply below',
      [
        '-----Original Message-----',
        'From: Ada Berg',
        'Sent: Monday, March 4, 2019 10:11 AM',
        'To: Bo Lind',
        '',
        '> Hers.',
        '',
        'Mine.',
      ],
      'A0 A0 A0 A0 A0 Q1 Q1 P0',
    ],
    [
      'a top-posted reply without marks',
      [
        'Mine.',
        '',
        'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:',
        '',
        'Hers.',
        '',
        'More of hers.',
      ],
      'P0 P0 A0 A0 Q1 Q1 Q1',
    ],
    [
      'a chain of top-posts of which the last is marked',
      [
        'Mine.',
        '',
        'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:',
        '',
        'Hers.',
        '',
        'On Sun, Mar 3, 2019 at 9:00 AM Cy Dahl <cy@example.org> wrote:',
        '> His.',
      ],
      'P0 P0 A0 A0 Q1 Q1 A1 Q2',
    ],
    [
      'a woven reply that was quoted without marks below another reply',
      [
        'Mine.',
        '',
        'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:',
        '',
        'On Sun, Mar 3, 2019 at 9:00 AM Cy Dahl <cy@example.org> wrote:',
        '> his',
        '',
        'Hers.',
      ],
      'P0 P0 A0 A0 A1 Q2 Q2 Q1',
    ],
    [
      'a reply woven into marked lines below its greeting',
      ['Hi,', '', 'On Mon, 4 Mar 2019, Ada Berg wrote:', '> hers', 'mine', '> hers', 'mine'],
      'P0 P0 A0 Q1 P0 Q1 P0',
    ],
    [
      'a forward that ends',
      [
        'See:',
        '',
        '----- Forwarded message from Ada Berg <ada@example.org> -----',
        '',
        'From: Ada Berg <ada@example.org>',
        'Date: Mon, 4 Mar 2019 10:11:00 +0100',
        'Subject: valve',
        '',
        'Hers.',
        '',
        '----- End forwarded message -----',
        'Mine.',
      ],
      'P0 P0 A0 A0 A0 A0 A0 A0 Q1 Q1 A0 P0',
    ],
    [
      "another author's patch inside a reply",
      [
        'It needs a new log. Such as',
        '',
        'From: Ada Berg <ada@example.org>',
        'Subject: valve: close it',
        '',
        'The valve stayed open.',
        '',
        'Signed-off-by: Ada Berg <ada@example.org>',
        '---',
        ' valve.c |    2 +-',
        ' 1 file changed, 1 insertion(+), 1 deletion(-)',
      ],
      'P0 P0 A0 A0 A0 Q1 Q1 T1 D1 D1 D1',
    ],
    [
      "a patch with its change log, and git's signature",
      [
        'The valve stayed open.',
        '',
        'Fixes: 0123456789ab ("valve: add it")',
        'Signed-off-by: Ada Berg <ada@example.org>',
        '---',
        'v2: close it slowly',
        '',
        ' valve.c |    2 +-',
        ' 1 file changed, 1 insertion(+), 1 deletion(-)',
        '',
        'diff --git a/valve.c b/valve.c',
        '--- a/valve.c',
        '+++ b/valve.c',
        '@@ -1,2 +1,2 @@',
        ' int open;',
        '-open = 1;',
        '+open = 0;',
        '-- ',
        '2.17.1',
      ],
      'P0 P0 T0 T0 D0 P0 P0 D0 D0 D0 D0 D0 D0 D0 D0 D0 D0 S0 S0',
    ],
    [
      'a list after a patch',
      ['--- a/valve.c', '+++ b/valve.c', '@@ -1 +1 @@', '-open = 1;', '+open = 0;', '- first point', '- second point'],
      'D0 D0 D0 D0 D0 P0 P0',
    ],
    [
      'a review woven into a quoted patch',
      [
        '> diff --git a/valve.c b/valve.c',
        '> @@ -1,2 +1,2 @@',
        '>  int open;',
        'Why int?',
        '> -open = 1;',
        '> +open = 0;',
      ],
      'D1 D1 D1 P0 D1 D1',
    ],
    [
      'a signature above the quote',
      ['Mine.', '-- ', 'Bo', 'Example Ltd', '', 'On Mon, 4 Mar 2019, Ada Berg wrote:', '> hers'],
      'P0 S0 S0 S0 S0 A0 Q1',
    ],
    [
      'list footers',
      [
        'Mine.',
        '',
        '_______________________________________________',
        'valves mailing list',
        'valves@example.org',
        'https://example.org/mailman/listinfo/valves',
      ],
      'P0 P0 F0 F0 F0 F0',
    ],
    [
      "Majordomo's footer",
      [
        'Mine.',
        '--',
        'To unsubscribe from this list: send the line "unsubscribe valves" in',
        'the body of a message to majordomo@example.org',
      ],
      'P0 F0 F0 F0',
    ],
    [
      'armour',
      [
        '-----BEGIN PGP SIGNED MESSAGE-----',
        'Hash: SHA256',
        '',
        'Mine.',
        '-----BEGIN PGP SIGNATURE-----',
        '',
        'iQEz',
        '-----END PGP SIGNATURE-----',
      ],
      'G0 G0 G0 P0 G0 G0 G0 G0',
    ],
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

  it('say who wrote a quote, at every depth', () => {
    const text = mail(
      'On Mon, 4 Mar 2019, Bo Lind wrote:',
      '> On Sun, 3 Mar 2019, Ada Berg wrote:',
      '> [..]',
      '> > > third',
      '> > second',
      '> first',
      'mine',
      '> again first',
    );
    const blocks = labelBlocks(text);
    const who = blocks
      .filter((block) => block.kind === 'quote')
      .map((block) => [
        block.depth,
        block.attributedBy === undefined ? null : blocks[block.attributedBy]?.attribution?.name,
      ]);
    expect(who).toEqual([
      [3, null],
      [2, 'Ada Berg'],
      [1, 'Bo Lind'],
      [1, 'Bo Lind'],
    ]);
  });

  it("find the author of a patch in its body's first line, and nowhere else", () => {
    expect(inBodyAuthor('From: Ada Berg <ada@example.org>\n\nThe valve.\n')).toEqual({
      name: 'Ada Berg',
      address: 'ada@example.org',
    });
    expect(inBodyAuthor('Hi,\n\nFrom: Ada Berg <ada@example.org>\n\nThe valve.\n')).toBeNull();
    expect(inBodyAuthor('From: Ada Berg <ada@example.org>\nSent: Monday\nTo: Bo\n\nThe valve.\n')).toBeNull();
    const text = 'From: Ada Berg <ada@example.org>\n\nThe valve.\n';
    expect(codes(text)).toBe('A0 A0 P0');
  });

  it('keep code and logs among own words', () => {
    expect(own('I ran\n\n  $ valve --open\n  [1.0] open\n\nand it opened.\n')).toContain('[1.0] open');
  });

  it('cover any text exactly, in order, with content inside the lines', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '> a',
        '>> b',
        '>',
        '',
        ' ',
        '-- ',
        '---',
        '+++ x',
        '--- x',
        '@@ -1,2 +1,2 @@',
        'diff --git a b',
        'On 1.1.2019, Ada wrote:',
        '> On 1.1.2019, Ada wrote:',
        'wrote:',
        'From: A <a@example.org>',
        '> From: A <a@example.org>',
        'Sent: x',
        'To: x',
        '-----Original Message-----',
        '___________',
        'valves mailing list',
        '-----BEGIN PGP SIGNATURE-----',
        'Acked-by: A <a@example.org>',
        '[..]',
        '| x',
        'AB> x',
        '\r',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, ends) => {
        const text = lines.join('\n') + (ends ? '\n' : '');
        const blocks = labelBlocks(text);
        let at = 0;
        blocks.forEach((block, index) => {
          expect(block.span.start).toBe(at);
          expect(block.span.end).toBeGreaterThan(at);
          for (const span of block.lines) {
            expect(span.start).toBeGreaterThanOrEqual(at);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            at = span.end;
          }
          expect(at).toBeLessThanOrEqual(block.span.end);
          at = block.span.end;
          if (block.kind === 'prose') expect(block.depth).toBe(0);
          if (block.kind === 'quote') expect(block.depth).toBeGreaterThan(0);
          if (block.attributedBy !== undefined) {
            expect(block.attributedBy).toBeLessThan(index);
            expect(blocks[block.attributedBy]?.attribution).toBeDefined();
          }
        });
        expect(at).toBe(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'x',
    '> ',
    '>',
    '- ',
    'wrote: ',
    '_',
    ' ',
    '\t',
    '| ',
    'a>',
    'On 1 ',
    '<',
    '"',
    'From: a\n',
    '> \n',
    'On x\n',
    '>>>>> ',
    '\n',
    '@@ -1,9 +1,9 @@\n',
    '---\n',
    '--- a\n+++ b\n',
    '-----Original Message-----\n',
    '-----BEGIN PGP SIGNATURE-----\n',
    '_____\n',
    '> long enough a line to have been wrapped by some program, and\nthen\n',
  ])('takes linear time for a megabyte of %j', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const started = performance.now();
    const blocks = labelBlocks(text);
    expect(blocks.at(-1)?.span.end).toBe(text.length);
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe('the author that a body names', () => {
  it('is found behind the envelope that git writes', () => {
    const text = `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Bo Lind <bo@example.net>\nSubject: x\n\nIt must close.\n`;
    expect(inBodyAuthor(text)).toEqual({ name: 'Bo Lind', address: 'bo@example.net' });
    expect(own(text)).toContain('It must close.');
  });
});

describe('trailers', () => {
  it('are not what a robot proposes', () => {
    const text = 'Fixes: 0123456789ab ("x")\n| Reported-by: robot <r@example.org>\n';
    expect(trailersOf(text, labelBlocks(text)).map(({ key }) => key)).toEqual(['Fixes']);
  });

  it('are read at depth 0 alone, folded ones joined', () => {
    const text = mail(
      '> Acked-by: Cy Dahl <cy@example.org>',
      '',
      'Looks good.',
      '',
      'Reviewed-by: Ada Berg',
      '  <ada@example.org>',
      'Link: https://example.org/1',
      'Cc: Bo Lind <bo@example.org> # 4.9+',
    );
    const trailers = trailersOf(text, labelBlocks(text));
    expect(trailers.map(({ key, name, address }) => [key, name, address])).toEqual([
      ['Reviewed-by', 'Ada Berg', 'ada@example.org'],
      ['Link', null, null],
      ['Cc', 'Bo Lind', 'bo@example.org'],
    ]);
    expect(text.slice(trailers[1]!.span.start, trailers[1]!.span.end)).toBe('Link: https://example.org/1');
  });
});
