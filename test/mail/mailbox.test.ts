import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, parseMailbox, parseMailboxes } from '../../mail/mailbox.js';
import { expectLinear } from './hostile.js';

/** `name|address|masked`, `-` for null. */
const shown = (header: string): string[] =>
  parseMailboxes(header).map(({ name, address, masked }) =>
    [name, address, masked].map((part) => part ?? '-').join('|'),
  );

describe('mailboxes', () => {
  it.each<[string, string[]]>([
    ['Ann Lee <ann@Example.ORG>', ['Ann Lee|ann@example.org|-']],
    ['<ann@example.org>', ['-|ann@example.org|-']],
    ['ann@example.org', ['-|ann@example.org|-']],
    ['Ann@example.org (Ann Lee)', ['Ann Lee|Ann@example.org|-']],
    ['"Lee, Ann" <ann@example.org>', ['Lee, Ann|ann@example.org|-']],
    ['Lee, Ann <ann@example.org>, bo@example.org', ['Lee, Ann|ann@example.org|-', '-|bo@example.org|-']],
    ['"Ann \\"Kettle\\" Lee" <ann@example.org>', ['Ann "Kettle" Lee|ann@example.org|-']],
    ["'Ann Lee' <ann@example.org>", ['Ann Lee|ann@example.org|-']],
    ['Ann Lee (Pots Ltd) <ann@example.org>', ['Ann Lee|ann@example.org|-']],
    ['"ann@example.org" <ann@example.org>', ['-|ann@example.org|-']],
    ['Ann <ann@example.org<mailto:ann@example.org>>', ['Ann|ann@example.org|-']],
    ['Ann [mailto:ann@example.org]', ['Ann|ann@example.org|-']],
    ['Ann <ann@example.org', ['Ann|ann@example.org|-']],
    [
      'Cooks: Ann <ann@example.org>, bo@example.org;, cleo@example.org',
      ['Ann|ann@example.org|-', '-|bo@example.org|-', '-|cleo@example.org|-'],
    ],
    ['undisclosed-recipients:;', []],
    ['ann at example.org (Ann Lee)', ['Ann Lee|ann@example.org|-']],
    ['Ann', ['Ann|-|-']],
    ['', []],
  ])('%s', (header, mailboxes) => expect(shown(header)).toEqual(mailboxes));

  it.each<[string, string]>([
    ['Ann Lee via pots <pots@lists.example.net>', 'Ann Lee|-|pots@lists.example.net'],
    ['"Ann Lee via pots" <pots@lists.example.net>', 'Ann Lee|-|pots@lists.example.net'],
    ["'Ann Lee' via Pots and Pans <pots@lists.example.net>", 'Ann Lee|-|pots@lists.example.net'],
    ['pots <pots-bounces@lists.example.net> On Behalf Of Ann Lee via pots', 'Ann Lee|-|pots-bounces@lists.example.net'],
    ['Ann Lee via B4 Relay <devnull+ann.example.org@example.net>', 'Ann Lee|-|devnull+ann.example.org@example.net'],
  ])('%s is the sender, not the list', (header, mailbox) => expect(shown(header)).toEqual([mailbox]));

  it.each([
    'ann@...mple.org',
    'ann@xxxxxxxxxxx',
    'ann@xxxxxxx.xxx',
    'ann_at_example.org',
    'ann (at) example.org',
    'ann at example dot org',
    'ann@example•org',
    'an...@example.org',
    'ann@hidden',
    '[email protected]',
    'ann m@iii@g oii ex@mpie@org',
  ])('%s is masked, alone and behind a name', (masked) => {
    expect(parseMailbox(masked)).toEqual({ name: null, address: null, masked });
    expect(parseMailbox(`Ann Lee <${masked}>`)).toEqual({ name: 'Ann Lee', address: null, masked });
  });

  it('never throws, never yields an address that is masked too, and takes any length in linear time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab@<>(),:;". \\]*$/)), (header) => {
        for (const { address, masked } of parseMailboxes(header)) {
          expect(address === null || masked === null).toBe(true);
          if (address !== null) expect(address).toMatch(/^(?:"[^"]*"|[^@]+)@[^@]+$/su);
        }
      }),
      { examples: [['@@a'], ['a@b@c'], ['"@"@a']] },
    );
    expectLinear(parseMailboxes);
  });

  it('takes 100,000 recipients', () => {
    expect(parseMailboxes('Ann <ann@example.org>, '.repeat(100_000))).toHaveLength(100_000);
  });
});

describe('what a person is called', () => {
  it.each([
    ['Ann Lee <ann@example.org>', 'Ann Lee'],
    ['ann@example.org', 'ann'],
    ['ann@...mple.org', 'ann'],
    ['ann (at) example.org', 'ann'],
    ['"ann@example.org via pots" <pots@lists.example.net>', 'ann'],
    ['"Ann ann@example.com" <ann@example.org>', 'Ann ann'],
    ['', 'unknown'],
  ])('%s', (header, name) => expect(displayName(parseMailbox(header))).toBe(name));

  it('is never an address, and never empty', () => {
    const part = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(part, part, part, fc.constantFrom('', ' via pots', ' x@y.org', '@'), (name, local, domain, noise) => {
        const called = displayName(parseMailbox(`"${name}${noise}" <${local}@${domain}.org>`));
        expect(called).not.toMatch(/[a-z]@[a-z]/u);
        expect(called).not.toBe('');
      }),
    );
  });
});
