import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../answer/answer.js';
import { hidesAddress, withoutAddresses } from '../../bot/addresses.js';
import { quoteText } from '../../bot/render/answer.js';
import { hostileText } from './hostile.js';

describe('addresses in archive text', () => {
  it.each([
    ['Nacked-by: Ines <ines.barreto@example.org>', 'Nacked-by: Ines <ines.barreto@…>'],
    ['ada@example.org, bert@mail.example.net wrote', 'ada@…, bert@… wrote'],
    ['mailto:ada@example.org.', 'mailto:ada@….'],
    [
      'see https://lore.kernel.org/r/1234@example.org/ for it',
      'see https://lore.kernel.org/r/1234@example.org/ for it',
    ],
    ['write to mailto:ada%40example.org', 'write to mailto:ada%40…'],
    ['ada at example.org (Ada L.) writes:', 'ada at … (Ada L.) writes:'],
    ['Ada <ada.l at example dot org> wrote', 'Ada <ada.l at …> wrote'],
    ['ada (at) example dot org, ada[at]example[dot]org', 'ada (at) …, ada[at]…'],
    ['ada {a} lists.example.org or ada @ example.org', 'ada {a} … or ada @ …'],
    ['ada_at_example.org and ada_lovelace_at_mail.example.org', 'ada_at_… and ada_lovelace_at_…'],
    ['@Override and user@ and a @ b', '@Override and user@ and a @ b'],
  ])('shows no address: %j', (text, shown) => {
    expect(withoutAddresses(text)).toBe(shown);
  });

  it.each([
    'Look at kernel.org, the tree at git.example.org is newer.',
    'It crashed at main.c:12 and at boot.img; arrive at 10.30.',
    'The build (at 3 dot 2) failed at once.',
    'See https://lists.example.org/a_at_b.html for the mirror.',
    'an array[at] or f(a) b.c',
  ])('leaves what is none: %j', (text) => {
    expect(withoutAddresses(text)).toBe(text);
  });

  it('are hidden once and for all', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(hidesAddress(withoutAddresses(text))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('are owned to in the line that credits the words', () => {
    const quote = (text: string): Quote => ({
      text,
      passageKey: 1,
      spans: [],
      speaker: 'Ada',
      saidAt: null,
      messageId: null,
      subject: '',
      list: 'gannet-dev',
      permalinks: [],
      quotedBy: null,
      status: [],
      verified: true,
      score: 1,
    });
    expect(quoteText(quote('Mail ada at example.org about it.'), 1, 500)).toMatch(
      /^> Mail ada at … about it\\\.\n.*\*\*Ada\*\*.* · \*address hidden\*$/mu,
    );
    expect(quoteText(quote('Ask about it.'), 1, 500)).not.toContain('hidden');
  });
});
