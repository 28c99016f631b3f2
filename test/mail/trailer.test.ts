import { describe, expect, it } from 'vitest';
import { labelBlocks } from '../../mail/label.js';
import { trailersOf } from '../../mail/trailer.js';
import { mail } from './labelled.js';

describe('trailers', () => {
  it('are not what a robot proposes', () => {
    const text = 'Fixes: 0123456789ab ("x")\n| Reported-by: robot <r@example.org>\n';
    expect(trailersOf(text, labelBlocks(text)).map(({ key }) => key)).toEqual(['Fixes']);
  });

  it('are read at depth 0 alone, folded ones joined', () => {
    const text = mail(
      '> Acked-by: Cy Dahl <cy@example.org>',
      '',
      'Looks good.',
      '',
      'Reviewed-by: Ada Berg',
      '  <ada@example.org>',
      'Link: https://example.org/1',
      'Cc: Bo Lind <bo@example.org> # 4.9+',
    );
    const trailers = trailersOf(text, labelBlocks(text));
    expect(trailers.map(({ key, name, address }) => [key, name, address])).toEqual([
      ['Reviewed-by', 'Ada Berg', 'ada@example.org'],
      ['Link', null, null],
      ['Cc', 'Bo Lind', 'bo@example.org'],
    ]);
    expect(text.slice(trailers[1]!.span.start, trailers[1]!.span.end)).toBe('Link: https://example.org/1');
  });
});
