import { describe, expect, it } from 'vitest';
import { labelBlocks } from '../../mail/label.js';
import { codes, mail, speakers } from './labelled.js';

describe('labels of attributions, and of what they speak of', () => {
  it.each<[string, string[], string]>([
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
    [
      'a quote that its writer left out by hand',
      ['Dear Bo,', '', 'Am 24.02.23 um 07:52 schrieb Bo Lind:', '', '[…]', '', 'Mine.'],
      'P0 P0 A0 A0 E0 E0 P0',
    ],
    [
      'a forward that VM and RFC 934 set off',
      [
        'Mine.',
        '',
        '------- start of forwarded message -------',
        'From: Bo Lind <bo@example.net>',
        'Subject: x',
        '',
        'His.',
      ],
      'P0 P0 A0 A0 A0 A0 Q1',
    ],
    ['a name that lost its letters', ['On Tue, 29 Sep 2009, Herv? Pag?s wrote:', '> It sticks.', 'No.'], 'A0 Q1 P0'],
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
      "a person's name before each line, without any attribution",
      [
        'Ada> I have been using the old valve, but',
        'Ada> it is no longer made. I put in another',
        'Ada> one instead, but now it drips when it',
        'Ada> is cold outside, and I can only close the',
        'Ada> tap:',
        '',
        'Mine.',
      ],
      'Q1 Q1 Q1 Q1 Q1 Q1 P0',
    ],
    [
      'a prompt that looks like a name',
      ['Router> show version', 'Router> show running config', 'Router> enable', 'Router> show ports', 'It hangs.'],
      'P0 P0 P0 P0 P0',
    ],
    [
      'a reply woven into marked lines below its greeting',
      ['Hi,', '', 'On Mon, 4 Mar 2019, Ada Berg wrote:', '> hers', 'mine', '> hers', 'mine'],
      'P0 P0 A0 Q1 P0 Q1 P0',
    ],
    [
      'the parts of a digest, each with its own header',
      [
        'On Mon, Mar 4, 2019 at 10:11 AM <valves-request@lists.example.org> wrote:',
        '> Message: 1',
        '> Date: Sun, 3 Mar 2019 10:11:00 +0100',
        '> From: Ada Berg <ada at example.org>',
        '> Subject: valve',
        '>',
        '> Hers.',
        '> ------------------------------',
        '>',
        '> Message: 2',
        '> Date: Sun, 3 Mar 2019 11:11:00 +0100',
        '> From: Cy Dahl <cy at example.org>',
        '> Subject: valve',
        '>',
        '> His.',
      ],
      'A0 A1 A1 A1 A1 A1 Q2 Q2 Q2 A1 A1 A1 A1 A1 Q2',
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
  ])('%s', (_, lines, expected) => expect(codes(mail(...lines))).toBe(expected));

  const ada = 'On Mon, Mar 4, 2019 at 10:11 AM Ada Berg <ada@example.org> wrote:';
  const cy = 'On Sun, Mar 3, 2019 at 9:00 AM Cy Dahl <cy@example.org> wrote:';

  it.each<[string, string[], string[]]>([
    [
      'a quote that is indented, and what stands further out below it',
      [ada, '> Hers.', '>', `> ${cy}`, '>', '>     His.', '>', '>     His.', '>', '> Hers again.', '', 'Mine.'],
      ['Ada Berg', 'Cy Dahl', 'Cy Dahl', 'Ada Berg'],
    ],
    [
      'an attribution that is indented with its quote',
      [ada, '> Hers.', '>', `>     ${cy}`, '>', '>     His.', '>', '> Hers again.'],
      ['Ada Berg', 'Cy Dahl', 'Ada Berg'],
    ],
    [
      'two attributions with no words between them, and no markers',
      ['Mine.', '', ada, '', cy, '', 'His or hers.', '', 'Hers or his.'],
      ['?', '?'],
    ],
    [
      'an attribution within a quote with nothing that sets off what it speaks of',
      [ada, `> ${cy}`, '>', '> His or hers.', '>', '> Hers or his.', '', 'Mine.'],
      ['?', '?'],
    ],
    [
      'words between an attribution and the marked lines that it speaks of',
      [ada, `> ${cy}`, '> Hers, or his?', '> > His.', '> Hers.'],
      ['?', 'Cy Dahl', '?'],
    ],
    [
      "a phone's attribution within the quote that it speaks of, at every level",
      ['Mine.', '', `> ${ada}`, '> ', '> Hers.', '> ', `>> ${cy}`, '>> ', '>> His.', '>> His.'],
      ['Ada Berg', 'Cy Dahl', 'Cy Dahl'],
    ],
    [
      'a quote behind another marker than the first that the attribution speaks of',
      ['On Mon, Mar 4, 2019, Ada Berg wrote:', '| Hers.', 'Mine:', '> library(valves)', '| Hers.'],
      ['Ada Berg', '?', 'Ada Berg'],
    ],
    [
      "names before markers that are not the attribution's",
      [
        '>>>>> "AB" == Ada Berg <ada@example.org> writes:',
        '>>>>> "CD" == Cy Dahl <cy@example.org> writes:',
        '',
        'CD> His.',
        'AB> Hers.',
        'Mine.',
      ],
      ['Cy Dahl', '?'],
    ],
    [
      'an attribution whose end is quoted with the words that it speaks of',
      [ada, '> Hers.', '> On 14 Mar 2019, 17:49 +0200, Cy Dahl <cy@example.org>,', '>> wrote:', '>>', '>> His.'],
      ['Ada Berg', 'Cy Dahl'],
    ],
    [
      'a header whose names are set in bold, or sent for somebody',
      [
        'Mine.',
        '',
        '*De : *Valves <valves-bounces+bo=example.net@example.org> De la part de Cy Dahl',
        '*Envoyé : *lundi 4 mars 2019 10:11',
        '*Objet : *valves',
        '',
        'His.',
      ],
      ['Cy Dahl'],
    ],
    [
      "a header that keeps what the mail's own header encodes",
      ['Mine.', '', '-----Original Message-----', 'From: =?UTF-8?q?C=C3=BD?= Dahl <cy@example.org>', '', 'His.'],
      ['Cý Dahl'],
    ],
    [
      "GroupWise's attribution, with the quoted message below it",
      ['Mine.', '', '>>> Cy Dahl <cy at example.org> 04/03/2019 21:15 >>>', 'His.', '', 'His.'],
      ['Cy Dahl', 'Cy Dahl'],
    ],
    [
      'unmarked quotes that are indented, with words further out below them',
      ['Mine.', '', ada, '', `   ${cy}`, '', '       His.', '', '   Hers.', '', 'Whose?'],
      ['Cy Dahl', '?', '?'],
    ],
  ])('tell speakers apart: %s', (_, lines, expected) => expect(speakers(...lines)).toEqual(expected));

  it('name who commented in Bugzilla, not the daemon that sends it', () => {
    const blocks = labelBlocks(
      mail(
        'On Mon, 4 Mar 2019, bugzilla-daemon@example.org wrote:',
        '> --- Comment #3 from Ada Berg (ada@example.org) ---',
        '> Hers.',
      ),
    );
    const quote = blocks.find(({ kind }) => kind === 'quote');
    expect(blocks[quote?.attributedBy ?? 0]?.attribution?.name).toBe('Ada Berg');
  });

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
});
