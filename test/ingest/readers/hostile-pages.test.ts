import { describe, expect, it } from 'vitest';
import { patchworkRest } from '../../../ingest/readers/patchwork-rest.js';
import { patchworkText } from '../../../ingest/readers/patchwork-text.js';
import { publicInboxPage } from '../../../ingest/readers/public-inbox-page.js';
import { publicInboxText } from '../../../ingest/readers/public-inbox-text.js';
import type { Reader } from '../../../ingest/readers/reader.js';
import { read, sample } from './page-fields.js';

describe('hostile pages', () => {
  const hostile: readonly (readonly [string, Reader, string])[] = [
    [
      'tags nested a million deep',
      publicInboxPage,
      sample('inbox-message.html').replace('Odile\n', '<b>'.repeat(1_000_000)),
    ],
    ['300,000 closing tags below open ones', publicInboxPage, `<html>${'<i>'.repeat(4000)}${'</b>'.repeat(300_000)}`],
    [
      'a thread of 100,000 heads',
      publicInboxText,
      `help / color / Atom feed\n${'* a\n@ b\nFrom: c @ 2024-05-01 10:00 UTC (permalink / raw)\n'.repeat(100_000)}`,
    ],
    [
      'an overview of 100,000 lines',
      publicInboxText,
      `${sample('inbox-message.txt').replace('Reply instructions:', `${'2024-05-01 10:00 ` a b c d e f g\n'.repeat(100_000)}\nReply instructions:`)}`,
    ],
    [
      '20,000 comments',
      patchworkText,
      sample('patchwork-cover.txt') +
        Array.from({ length: 20_000 }, (_, at) => `A March 4, 2024, 1:30 p.m. UTC | #${at + 4}\n`).join(''),
    ],
    [
      '100,000 comments with one number',
      patchworkText,
      sample('patchwork-cover.txt') + 'A March 4, 2024, 1:30 p.m. UTC | #4\n'.repeat(100_000),
    ],
    ['100,000 Patch headings', patchworkText, sample('patchwork-cover.txt') + 'mbox\n\nPatch\n'.repeat(100_000)],
    [
      'a head of 10 MB of blanks',
      patchworkText,
      sample('patchwork-cover.txt').replace('And with', ' '.repeat(10_000_000)),
    ],
    [
      '100,000 attachments',
      publicInboxText,
      sample('inbox-message.txt').replace(
        '\n\n',
        `\n\n${'[-- Attachment #1: Type: text/plain, Size: 1 bytes --]\n'.repeat(100_000)}`,
      ),
    ],
    ['REST answers nested 100,000 deep', patchworkRest, `{"web_url":"","msgid":"x","a":${'['.repeat(100_000)}`],
  ];

  it.each(hostile)('%s do not take long', async (_what, reader, page) => {
    // Time on the processor: what else the machine does makes no difference.
    const began = process.cpuUsage();
    await read(reader, page);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(4000);
  });
});
