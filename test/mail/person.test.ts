import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailbox } from '../../mail/mailbox.js';
import { maskedMatches, nameKey, samePerson } from '../../mail/person.js';
import { expectLinear } from './hostile.js';

describe('names that are one', () => {
  it.each([
    ['Lee, Ann', 'Ann Lee'],
    ['ANN LEE', 'ann lee'],
    ['Dr. Ann Lee', 'Ann Lee'],
    ['Ann Lee (Pots Ltd)', 'Ann Lee'],
    ['Ann Lee [EXT]', 'Ann Lee'],
    ['Lee, Ann (Pots Ltd)', 'Ann Lee'],
    ['Ann Müller', 'Ann Muller'],
    ['Søren Ærø', 'Soren Aero'],
    ['Ann Lee, PhD', 'Ann Lee'],
  ])('%s = %s', (one, other) => {
    expect(nameKey({ name: one, address: null, masked: null })).toBe(
      nameKey({ name: other, address: null, masked: null }),
    );
  });
});

describe('persons', () => {
  it.each([
    ['Ann <ann@example.org>', 'Lee <ANN@example.org>', 'yes'],
    ['Ann Lee <ann@example.org>', 'Ann Lee <lee@example.net>', 'yes'],
    ['"Lee, Ann" <ann@example.org>', 'Ann Lee', 'yes'],
    ['Ann B. Lee', 'Ann Lee', 'yes'],
    ['Ann Lee', 'Bo Berg', 'no'],
    ['Ann Lee', 'Ann Berg', 'no'],
    ['ann@example.org', 'bo@example.org', 'no'],
    ['ann@example.org', 'ann@...mple.org', 'yes'],
    ['ann@example.org', 'ann@...mple.net', 'no'],
    ['Ann Lee <ann@example.org>', 'Bo Berg <ann@...mple.org>', 'no'],
    ['Ann Lee', 'ann@example.org', 'unknown'],
    ['ann@...mple.org', 'ann@xxxxxxxxxxx', 'unknown'],
    ['', 'Ann Lee', 'unknown'],
    ['Ann Lee via pots <pots@lists.example.net>', 'Ann Lee <ann@example.org>', 'yes'],
    ['Ann Lee via pots <pots@lists.example.net>', 'Bo Berg via pots <pots@lists.example.net>', 'no'],
  ])('%s and %s: %s', (one, other, same) => {
    expect(samePerson(parseMailbox(one), parseMailbox(other))).toBe(same);
    expect(samePerson(parseMailbox(other), parseMailbox(one))).toBe(same);
  });
});

describe('masked addresses', () => {
  it.each([
    ['ann@...mple.org', true],
    ['ann@xxxxxxxxxxx', true],
    ['ann@xxxxxxx.xxx', true],
    ['ann_at_example.org', true],
    ['ann (at) example.org', true],
    ['ann at example dot org', true],
    ['ann@example•org', true],
    ['an...@example.org', true],
    ['ann@hidden', true],
    ['ann-7bE2xK3pQ9@public.gmane.org', true],
    ['ann@...ple.org', true],
    ['anna@...mple.org', false],
    ['ann@...mple.net', false],
    ['ann@xxxx', false],
    ['bo_at_example.org', false],
    ['bo...@example.org', false],
    ['anna-7bE2xK3pQ9@public.gmane.org', false],
    ['', false],
  ])('%s ~ ann@example.org: %s', (masked, matches) => expect(maskedMatches(masked, 'ann@example.org')).toBe(matches));

  it('match the addresses that they were made of', () => {
    const word = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(word, word, (local, host) => {
        const address = `${local}@${host}.org`;
        expect(maskedMatches(`${local}@...${`${host}.org`.slice(3)}`, address)).toBe(true);
        expect(maskedMatches(`${local}@${'x'.repeat(host.length + 4)}`, address)).toBe(true);
        expect(maskedMatches(`${local}_at_${host}.org`, address)).toBe(true);
      }),
    );
  });

  it('are compared in linear time', () => {
    expectLinear((line) => maskedMatches(line, 'ann@example.org'));
    expectLinear((line) => maskedMatches('ann@...mple.org', line));
    expectLinear((line) => nameKey({ name: line, address: null, masked: null }));
  });
});
