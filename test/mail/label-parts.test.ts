import { describe, expect, it } from 'vitest';
import { inBodyAuthor } from '../../mail/label.js';
import { codes, mail, own } from './labelled.js';

describe('labels of patches, trailers, signatures and footers', () => {
  it.each<[string, string[], string]>([
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
      "majordomo's rule with the list below it",
      [
        'It sticks.',
        '',
        '-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-',
        'valves mailing list -- Read http://lists.example.org/',
      ],
      'P0 P0 F0 F0',
    ],
    [
      'what pipermail leaves of an attachment',
      [
        'It sticks.',
        '',
        'An embedded and charset-unspecified text was scrubbed...',
        'Name: not available',
        'Url: none',
      ],
      'P0 P0 F0 F0 F0',
    ],
    [
      'trailers that a robot proposes',
      ['kindly add', '| Reported-by: robot <r@example.org>', '| Closes: https://example.org/1'],
      'P0 T0 T0',
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
  ])('%s', (_, lines, expected) => expect(codes(mail(...lines))).toBe(expected));

  it("find the author of a patch in its body's first line, and nowhere else", () => {
    expect(inBodyAuthor('From: Ada Berg <ada@example.org>\n\nThe valve.\n')).toEqual({
      name: 'Ada Berg',
      address: 'ada@example.org',
    });
    expect(inBodyAuthor('> From: Ada Berg <ada@example.org>\n> \n> The valve.\n\nMine.\n')).toBeNull();
    expect(inBodyAuthor('Hi,\n\nFrom: Ada Berg <ada@example.org>\n\nThe valve.\n')).toBeNull();
    expect(inBodyAuthor('From: Ada Berg <ada@example.org>\nSent: Monday\nTo: Bo\n\nThe valve.\n')).toBeNull();
    const text = 'From: Ada Berg <ada@example.org>\n\nThe valve.\n';
    expect(codes(text)).toBe('A0 A0 P0');
  });
});

describe('the author that a body names', () => {
  it('is found behind the envelope that git writes', () => {
    const text = `From ${'a1'.repeat(20)} Mon Sep 17 00:00:00 2001\nFrom: Bo Lind <bo@example.net>\nSubject: x\n\nIt must close.\n`;
    expect(inBodyAuthor(text)).toEqual({ name: 'Bo Lind', address: 'bo@example.net' });
    expect(own(text)).toContain('It must close.');
  });
});
