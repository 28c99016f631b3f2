import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockQuote, hostLink, inert, inertBlock, inertLine, plainLine, safeUrl, visible } from '../../bot/markdown.js';
import { withoutAddresses } from '../../bot/addresses.js';
import { renderMarkdown } from '../../bot/preview/markdown.js';
import { hostileText } from './hostile.js';
import { processorTime } from '../processor-time.js';

/** What a reader sees of HTML that holds text alone; fails where a tag is left. */
function seen(html: string): string {
  const lines = html.replaceAll('</div><div class="line">', '\n').replace(/^<div class="line">|<\/div>$/gu, '');
  expect(lines).not.toMatch(/<[a-z]/u);
  return lines.replace(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)));
}

describe('archive text in Discord', () => {
  it.each([
    '**bold** __underlined__ ~~struck~~ ||hidden|| *slanted* _slanted_',
    '`code` and ```\nfences\n```',
    '> a quote\n>>> all of it',
    '# heading\n-# small\n- item\n1. item',
    '@everyone @here <@1234> <@&1234> <#1234> </ask:1234> <:name:1234> <a:name:1234> <t:0:R>',
    '[a bank](https://evil.example.net) <https://example.org> https://example.org/a_b_c www.example.org',
    'discord.gg/abcdef https://discord.com/invite/abcdef',
    ':smile: :warning:',
    'back\\slashes \\* \\\\',
    'x ** y ** z, a_b_c, 2*3*4, ~/.profile, #define X_Y_Z',
  ])('comes out as text: %j', (text) => {
    expect(seen(renderMarkdown(inert(text)))).toBe(withoutAddresses(text));
  });

  it('comes out as text, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(seen(renderMarkdown(inert(text)))).toBe(withoutAddresses(visible(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('cannot leave its block quote', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 1500 }), (text, most) => {
        const quoted = blockQuote(text, most);
        expect(quoted.length).toBeLessThanOrEqual(most);
        expect(quoted.split('\n').every((line) => line.startsWith('> ') || line === '>')).toBe(true);
        expect(renderMarkdown(quoted)).toMatch(/^<blockquote>(?:<div class="line">[^<]*<\/div>)*<\/blockquote>$/u);
      }),
      { numRuns: 300 },
    );
  });

  it('is cut where it is too long, with a mark, from either end', () => {
    const text = 'one two three four\nfive six seven eight\nnine ten eleven twelve';
    expect(inertBlock(text, 40)).toBe('one two three four\nfive six seven\n[…]');
    expect(inertBlock(text, 40, { cut: 'beginning' })).toBe('[…]\nseven eight\nnine ten eleven twelve');
    expect(inertBlock(text, 100)).toBe(text);
  });

  it.each([
    ['a\u202Eb', 'a[U+202E]b'],
    ['pay\u200Bpal', 'pay[U+200B]pal'],
    ['nul\0', 'nul[U+0000]'],
    ['half \ud83d', 'half \ufffd'],
    ['👩\u200D🔬', '👩\u200D🔬'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['a\u200Db', 'a[U+200D]b'],
    ['a\tb\r\nc', 'a    b\nc'],
  ])('shows what would not be seen: %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('keeps to its time on long hostile lines', () => {
    const spent = processorTime();
    for (const unit of ['@a', 'a@b.', '\\', '> ', '[](', 'http://', '\u202e', ' ']) {
      const text = unit.repeat(200_000 / unit.length);
      inertBlock(text, 1000);
      inertBlock(text, 1000, { cut: 'beginning' });
      inertLine(text, 100);
      plainLine(text, 100);
    }
    expect(spent()).toBeLessThan(5000);
  });
});

describe('links', () => {
  it.each([
    ['https://lore.kernel.org/r/a(b)c@d/', 'https://lore.kernel.org/r/a%28b%29c@d/'],
    ['https://example.org/a b', null],
    ['javascript:alert(1)', null],
    ['https://user:word@example.org/', null],
    ['https://example.org/\u202e', null],
    [`https://example.org/${'a'.repeat(600)}`, null],
    ['ftp://example.org/', null],
    ['https://example.org/)[x](https://evil.example.net', 'https://example.org/%29%5Bx%5D%28https://evil.example.net'],
  ])('%s', (url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });

  it('say the host that they lead to', () => {
    expect(hostLink('https://lists.example.org/x')).toBe('[lists\\.example\\.org](https://lists.example.org/x)');
  });
});
