import { describe, expect, it } from 'vitest';
import { contentHash, type HashedContent } from '../../mail/content-hash.js';
import { parseMailDate } from '../../mail/date.js';
import { parseMailbox } from '../../mail/mailbox.js';

const content: HashedContent = {
  from: parseMailbox('Ann Lee <ann@example.org>'),
  date: parseMailDate('Wed, 30 Jan 2019 21:44:46 -0800'),
  subject: 'Re: kettles',
  text: 'They boil.\n\nMostly.\n',
};

describe('a content hash', () => {
  it('is hex SHA-256', () => expect(contentHash(content)).toMatch(/^[0-9a-f]{64}$/u));

  it.each<[string, Partial<HashedContent>]>([
    ['blanks', { text: ' They  boil.\r\n Mostly.' }],
    ['the reply mark', { subject: '[pots] kettles' }],
    ['seconds and zone', { date: parseMailDate('2019-01-31 05:44 +0000') }],
    ['the look of the name', { from: parseMailbox('"Lee, Ann" <ann@...mple.org>') }],
  ])('does not see %s', (_what, change) => expect(contentHash({ ...content, ...change })).toBe(contentHash(content)));

  it.each<[string, Partial<HashedContent>]>([
    ['the text', { text: 'They boil.' }],
    ['the subject', { subject: 'Re: lids' }],
    ['the minute', { date: parseMailDate('2019-01-31 05:45 +0000') }],
    ['the date', { date: null }],
    ['the author', { from: parseMailbox('Bo Berg') }],
  ])('sees %s', (_what, change) => expect(contentHash({ ...content, ...change })).not.toBe(contentHash(content)));
});
