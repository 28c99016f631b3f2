import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMinted,
  messageIdFromPath,
  messageIdOf,
  messageIdToPath,
  mintMessageId,
  parseMessageIds,
} from '../../mail/message-id.js';
import { expectLinear } from './hostile.js';

describe('a Message-ID', () => {
  it.each([
    ['<k1@example.org>', 'k1@example.org'],
    ['  k1@example.org\n', 'k1@example.org'],
    ['< k1@example.org >', 'k1@example.org'],
    ['<k1@ann@example.org>', 'k1@ann@example.org'],
    ['<k1@>', 'k1@'],
    ['<a+b=c/d$e@[10.0.0.1]>', 'a+b=c/d$e@[10.0.0.1]'],
  ])('is read from %j', (text, id) => expect(messageIdOf(text)).toBe(id));

  it.each([
    '',
    'y',
    'n',
    '<>',
    '<@example.org>',
    '<k1>',
    'two@example.org words@example.org',
    '<a@b><c@d>',
    'a@b\u0000',
    `${'x'.repeat(999)}@example.org`,
  ])('is not seen in %j', (text) => expect(messageIdOf(text)).toBeNull());

  it('never throws, and reads its own output the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const id = messageIdOf(text);
        if (id !== null) expect(messageIdOf(`<${id}>`)).toBe(id);
      }),
    );
  });
});

describe('In-Reply-To and References', () => {
  it.each<[string, string[]]>([
    ['<a@example.org> <b@example.org>\n\t<c@example.org>', ['a@example.org', 'b@example.org', 'c@example.org']],
    ['<a@example.org><b@example.org>', ['a@example.org', 'b@example.org']],
    ['<a@example.org>,<b@example.org>', ['a@example.org', 'b@example.org']],
    ['<a@exam\n ple.org> <b@example.org>', ['a@example.org', 'b@example.org']],
    ['<a@example.org> (Ann Lee\'s message of "Mon, 1 Jan 2024")', ['a@example.org']],
    ['<a@example.org> (message from Ann <ann@example.org> on Monday)', ['a@example.org']],
    ['<a@example.org>; from ann@example.org on Mon, Jan 01, 2024', ['a@example.org']],
    ['Your message of "Mon, 1 Jan 2024." <a@example.org>', ['a@example.org']],
    ['<Your message of "Mon, 1 Jan 2024." <a@example.org> >', ['a@example.org']],
    ["<Ann Lee's message of Mon, 1 Jan 2024>", []],
    ['message from ann@example.org of Monday', []],
    ['a@example.org', ['a@example.org']],
    ['a@example.org b@example.org', ['a@example.org', 'b@example.org']],
    ['<a@example.org> <a@example.org>', ['a@example.org']],
    ['<a@example.org> (unclosed <b@example.org>', ['a@example.org', 'b@example.org']],
    ['y', []],
    ['', []],
    ['<', []],
  ])('%j', (header, ids) => expect(parseMessageIds(header)).toEqual(ids));

  it('never throws and takes any length in linear time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMessageIds(text)));
    expectLinear(parseMessageIds);
    expectLinear(messageIdOf);
  });

  it('takes 100,000 references', () => {
    const header = Array.from({ length: 100_000 }, (_, n) => `<m${n}@example.org>`).join('\n ');
    expect(parseMessageIds(header)).toHaveLength(100_000);
  });
});

describe('ids that are no mail’s own', () => {
  it('are minted from a hash and told from real ones', () => {
    const id = mintMessageId('0a1b');
    expect(id).toBe('0a1b@missing.invalid');
    expect(isMinted(id)).toBe(true);
    expect(parseMessageIds('<a@example.org>').some(isMinted)).toBe(false);
  });
});

describe('ids in URLs', () => {
  it.each([
    ['a%40example.org', 'a@example.org'],
    ['a%2Fb@example.org', 'a/b@example.org'],
    ['100%@example.org', '100%@example.org'],
    ['raw', null],
  ])('%s', (segment, id) => expect(messageIdFromPath(segment)).toBe(id));

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.string(), fc.domain(), (left, domain) => {
        const id = messageIdOf(`${left}@${domain}`);
        if (id === null) return;
        expect(messageIdToPath(id)).not.toContain('/');
        expect(messageIdFromPath(messageIdToPath(id))).toBe(id);
      }),
    );
  });
});
