import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { patchworkPage } from '../../../ingest/readers/patchwork-page.js';
import { patchworkRest } from '../../../ingest/readers/patchwork-rest.js';
import { patchworkText } from '../../../ingest/readers/patchwork-text.js';
import { publicInboxAtom } from '../../../ingest/readers/public-inbox-atom.js';
import { publicInboxPage } from '../../../ingest/readers/public-inbox-page.js';
import { publicInboxText } from '../../../ingest/readers/public-inbox-text.js';
import { describeReader, samplePath, type ReaderSample } from '../describe-reader.js';
import { innerText } from './inner-text.js';

const saved = (name: string, messages: number, more: Partial<ReaderSample> = {}): ReaderSample => {
  const path = `pages-a/${name}`;
  return { path, content: innerText(readFileSync(samplePath(path), 'utf8')), messages, ...more };
};

describeReader('public-inbox page', publicInboxPage, [
  { path: 'pages-a/inbox-message.html', messages: 1, overviews: 1 },
  { path: 'pages-a/inbox-flat.html', messages: 3, overviews: 1 },
  { path: 'pages-a/inbox-nested.html', messages: 3, overviews: 1 },
]);
describeReader('public-inbox text', publicInboxText, [
  { path: 'pages-a/inbox-message.txt', messages: 1, overviews: 1 },
  saved('inbox-message.html', 1, { overviews: 1 }),
  saved('inbox-flat.html', 3, { overviews: 1 }),
  saved('inbox-nested.html', 3, { overviews: 1 }),
]);
describeReader('public-inbox feed', publicInboxAtom, [{ path: 'pages-a/inbox.atom', messages: 3 }]);
describeReader('Patchwork page', patchworkPage, [{ path: 'pages-a/patchwork-patch.html', messages: 3 }]);
describeReader('Patchwork text', patchworkText, [
  { path: 'pages-a/patchwork-cover.txt', messages: 4 },
  saved('patchwork-patch.html', 3),
]);
describeReader('Patchwork REST', patchworkRest, [
  { path: 'pages-a/patchwork-patch.json', messages: 1 },
  { path: 'pages-a/patchwork-comments.json', messages: 2, skipped: { malformed: 1 } },
  { path: 'pages-a/patchwork-series.json', messages: 0, overviews: 1 },
]);

describe('page readers', () => {
  const readers = [publicInboxPage, publicInboxText, publicInboxAtom, patchworkPage, patchworkText, patchworkRest];
  it('do not take one another’s formats', () => {
    const samples: readonly (readonly [string, string])[] = [
      ['inbox-message.html', 'public-inbox-page'],
      ['inbox-message.txt', 'public-inbox-text'],
      ['inbox-flat.html', 'public-inbox-page'],
      ['inbox.atom', 'public-inbox-atom'],
      ['patchwork-patch.html', 'patchwork-page'],
      ['patchwork-cover.txt', 'patchwork-text'],
      ['patchwork-patch.json', 'patchwork-rest'],
      ['patchwork-series.json', 'patchwork-rest'],
    ];
    for (const [name, format] of samples) {
      const head = readFileSync(samplePath(`pages-a/${name}`));
      expect(readers.filter((reader) => reader.detects(head, name)).map((reader) => reader.format)).toEqual([format]);
    }
  });
});
