import fc from 'fast-check';

/** What mail can hold that means something to Discord, to its Markdown or to how text runs. */
const pieces = [
  '**',
  '__',
  '~~',
  '||',
  '*',
  '_',
  '`',
  '```',
  '```\n',
  '> ',
  '>>> ',
  '\n',
  '\n\n',
  '# ',
  '-# ',
  '- ',
  '1. ',
  '\\',
  '[x](https://evil.example.net)',
  '<https://example.org>',
  'https://example.org/a_(b)',
  'www.example.org',
  'discord.gg/abc',
  '@everyone',
  '@here',
  '<@123>',
  '<@&123>',
  '<#123>',
  '<:a:123>',
  '<t:0:R>',
  '</ask:1>',
  ':smile:',
  'ada@example.org',
  '\u202e',
  '\u200b',
  '\u2066',
  '\u0000',
  '\ufeff',
  '\ud800',
  '👩‍🔬',
  'שלום',
  'مرحبا',
  'é',
  '\u0301\u0301\u0301',
  '\t',
  '\r\n',
  '   ',
  'word',
  'a line of mail',
  '+++ b/file.c',
  '#include <linux/mm.h>',
] as const;

/** Random text of such pieces, up to a few thousand characters; now and then one huge line. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8, unit: 'binary' })), { maxLength: 60 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 4_000 }))
      .map(([piece, times]) => piece.repeat(times)),
  },
);
