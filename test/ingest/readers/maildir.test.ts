import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maildir } from '../../../ingest/readers/maildir.js';
import { temporaryFolder } from '../git-store.js';
import { collect } from '../memory-file.js';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder();
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'gauges', name), { recursive: true });
  const put = (name: string, content: string) => writeFileSync(join(folder, 'gauges', name), content);
  put('cur/1551700000.M1.pier:2,S', 'From: ann@example.org\nSubject: first\n\nx\n');
  put('new/1551700001.M2.pier', 'From: ann@example.org\nSubject: second\nList-Id: <beta.example.org>\n\nx\n');
  put('new/1551700002.M3.pier', '');
  put('tmp/1551700003.M4.pier', 'From: ann@example.org\n\nnot delivered\n');
  mkdirSync(join(folder, 'gauges/cur/1551700004.folder'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (since: string | null = null) =>
  collect(maildir.read({ path: join(folder, 'gauges'), source: 's', list: null, since }));

describe('Maildir', () => {
  it('is a folder with cur and new', async () => {
    expect(await maildir.detects(join(folder, 'gauges'))).toBe(true);
    expect(await maildir.detects(folder)).toBe(false);
    expect(await maildir.detects(join(folder, 'absent'))).toBe(false);
  });

  it('is read in order of delivery, tmp left out', async () => {
    expect(await read()).toMatchObject([
      { kind: 'message', message: { origin: { list: 'gauges', locator: '1551700000.M1.pier' } } },
      { kind: 'message', message: { origin: { list: 'beta', locator: '1551700001.M2.pier' } } },
      { kind: 'skipped', reason: 'empty' },
      { kind: 'skipped', reason: 'unreadable' },
      { kind: 'mark' },
    ]);
  });

  it('is not read again while only flags change', async () => {
    const mark = (await read()).at(-1);
    const since = mark?.kind === 'mark' ? mark.value : null;
    renameSync(join(folder, 'gauges/new/1551700001.M2.pier'), join(folder, 'gauges/cur/1551700001.M2.pier:2,RS'));
    expect(await read(since)).toEqual([mark]);
  });
});
