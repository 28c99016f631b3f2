import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageIdOf, type MessageId } from '../../mail/message-id.js';
import { normaliseUrl, parsePermalink, permalinkFor } from '../../mail/permalink.js';
import { expectLinear } from './hostile.js';

describe('permalinks', () => {
  it.each([
    ['https://lore.kernel.org/pots/k1@example.org/', 'public-inbox', 'pots', 'k1@example.org'],
    ['https://lore.kernel.org/pots/k1@example.org', 'public-inbox', 'pots', 'k1@example.org'],
    ['https://lore.kernel.org/r/k1@example.org', 'public-inbox', null, 'k1@example.org'],
    ['https://lore.kernel.org/all/k1@example.org/T/#u', 'public-inbox', null, 'k1@example.org'],
    ['https://lore.kernel.org/pots/k1@example.org/t.mbox.gz', 'public-inbox', 'pots', 'k1@example.org'],
    ['https://lore.kernel.org/pots/k1@example.org/raw', 'public-inbox', 'pots', 'k1@example.org'],
    ['https://lore.kernel.org/pots/a%2Fb@example.org/', 'public-inbox', 'pots', 'a/b@example.org'],
    ['https://lkml.kernel.org/r/k1@example.org', 'public-inbox', null, 'k1@example.org'],
    ['http://inbox.example.org/deep/pots/k1%40example.org/t/', 'public-inbox', 'pots', 'k1@example.org'],
    ['https://lists.openwall.net/linux-kernel/2019/01/31/12', 'openwall', 'linux-kernel', null],
    ['https://www.openwall.com/lists/oss-security/2019/01/31/1', 'openwall', 'oss-security', null],
    ['https://patchwork.kernel.org/project/linux-mm/patch/k1@example.org/', 'patchwork', 'linux-mm', 'k1@example.org'],
    [
      'https://patchwork.kernel.org/project/linux-mm/cover/k1@example.org/mbox/',
      'patchwork',
      'linux-mm',
      'k1@example.org',
    ],
    [
      'https://patchwork.kernel.org/project/linux-mm/patch/k1@example.org/#22135343',
      'patchwork',
      'linux-mm',
      'k1@example.org',
    ],
    ['https://patchwork.kernel.org/patch/10537513/', 'patchwork', null, null],
    ['http://lkml.iu.edu/hypermail/linux/kernel/1806.0/04321.html', 'hypermail', 'linux-kernel', null],
    ['https://lists.w3.org/Archives/Public/www-html/2019Jan/0001.html', 'hypermail', 'www-html', null],
    ['https://lists.example.org/pipermail/pots/2019-January/000123.html', 'mailman', 'pots', null],
    ['https://lists.example.org/archives/list/pots@lists.example.org/message/ABCDEFGH/', 'mailman', 'pots', null],
    ['https://www.postgresql.org/message-id/k1@example.org', 'postgresql', null, 'k1@example.org'],
    ['https://www.postgresql.org/message-id/flat/k1%40example.org#abc', 'postgresql', null, 'k1@example.org'],
    ['https://postgr.es/m/k1@example.org', 'postgresql', null, 'k1@example.org'],
    ['https://marc.info/?i=k1@example.org', 'other', null, 'k1@example.org'],
  ])('%s', (url, system, list, messageId) => expect(parsePermalink(url)).toMatchObject({ system, list, messageId }));

  const url = 'https://lore.kernel.org/pots/k1@example.org/';
  it.each([
    `<${url}>`,
    `see ${url}.`,
    `(${url})`,
    `[the thread](${url})`,
    `**${url}**`,
    `||${url}||`,
    `\`${url}\``,
    `"${url}",`,
    `Link: ${url}\n`,
  ])('is found in %j', (text) => expect(parsePermalink(text)?.url).toBe(url));

  it.each([
    '',
    'k1@example.org',
    'kettles',
    'https://',
    'https://example.org/',
    'ftp://example.org/a@b.c/',
    'https://example.org/pots/',
  ])('%j is none', (text) => expect(parsePermalink(text)).toBeNull());

  it('never throws and takes any length in linear time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parsePermalink(text);
        parsePermalink(`https://${text}`);
        normaliseUrl(text);
      }),
    );
    expectLinear(parsePermalink);
    expectLinear((line) => parsePermalink(`https://example.org/${line}`));
    expectLinear(normaliseUrl);
  });
});

describe('URLs that are compared', () => {
  it.each([
    'http://example.org/pots/k1@x.org',
    'https://www.example.org/pots/k1@x.org/',
    'https://EXAMPLE.org:443/pots/k1%40x.org/#r',
    'example.org/pots/k1@x.org//',
    '<https://example.org/pots/k1@x.org/>',
  ])('%s', (url) => expect(normaliseUrl(url)).toBe('example.org/pots/k1@x.org'));

  it('keep what tells pages apart', () => {
    expect(normaliseUrl('https://example.org:8080/a?i=1')).toBe('example.org:8080/a?i=1');
    expect(normaliseUrl('https://example.org/a%2Fb@x.org/')).toBe('example.org/a%2Fb@x.org');
  });

  it('stay as they are when normalised again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(normaliseUrl(normaliseUrl(url))).toBe(normaliseUrl(url));
      }),
    );
  });
});

describe('permalinks that are built', () => {
  const messageId = 'a/b+c@example.org' as MessageId;

  it.each([
    [
      { system: 'public-inbox', base: 'https://lore.kernel.org/', list: 'pots', messageId },
      'https://lore.kernel.org/pots/a%2Fb+c@example.org/',
    ],
    [
      { system: 'patchwork', base: 'https://pw.example.org', list: 'pots', kind: 'cover', messageId },
      'https://pw.example.org/project/pots/cover/a%2Fb+c@example.org/',
    ],
    [
      { system: 'postgresql', base: 'https://www.postgresql.org', messageId },
      'https://www.postgresql.org/message-id/a%2Fb+c@example.org',
    ],
    [
      { system: 'openwall', base: 'https://lists.openwall.net', list: 'pots', day: '2019/01/31', number: 12 },
      'https://lists.openwall.net/pots/2019/01/31/12',
    ],
    [
      { system: 'hypermail', base: 'https://example.org/hypermail', list: 'pots', page: '1806.0/0123.html' },
      'https://example.org/hypermail/pots/1806.0/0123.html',
    ],
    [
      { system: 'mailman', base: 'https://example.org/pipermail', list: 'pots', page: '2019-January/000123.html' },
      'https://example.org/pipermail/pots/2019-January/000123.html',
    ],
  ] as const)('%o', (parts, url) => {
    expect(permalinkFor(parts)).toBe(url);
    expect(parsePermalink(url)).toMatchObject({
      system: parts.system,
      messageId: 'messageId' in parts ? parts.messageId : null,
    });
  });

  it('lead back to the id', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,20}$/), fc.domain(), (left, domain) => {
        const id = messageIdOf(`${left}@${domain}`);
        if (id === null) return;
        const url = permalinkFor({
          system: 'public-inbox',
          base: 'https://lore.kernel.org',
          list: 'pots',
          messageId: id,
        });
        expect(parsePermalink(url)?.messageId).toBe(id);
      }),
    );
  });
});
