import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findArchives } from '../../ingest/walk.js';
import { makeRepository, temporaryFolder } from './git-store.js';
import { collect } from './memory-file.js';

const mail = 'From: ann@example.org\nMessage-ID: <1@example.org>\nDate: Tue, 5 Mar 2019 08:00:00 +0000\n\nx\n';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder();
  const put = (name: string, content: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  put('b.eml', mail);
  put('a/c.mbox', `From a@example.org Tue Mar  5 08:00:00 2019\n${mail}`);
  put('a/photo.jpg', '\u00ff');
  put('a/.hidden', 'x');
  put('maildir/cur/1', mail);
  mkdirSync(join(folder, 'maildir/new'));
  put('.lists.gauges/cur/1', mail);
  mkdirSync(join(folder, '.lists.gauges/new'));
  makeRepository(join(folder, 'inbox/git/0.git'), [{ m: mail }]);
  makeRepository(join(folder, 'sources.git'), [{ 'main.c': 'x' }]);
  symlinkSync('..', join(folder, 'a/loop'));
  symlinkSync('nowhere', join(folder, 'a/broken'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function found(options = {}, paths = [folder]) {
  const archives = await collect(await findArchives(paths, options));
  return archives.map(
    (archive) => `${relative(folder, archive.path)} ${archive.kind === 'store' ? archive.reader.format : 'file'}`,
  );
}

describe('finding archives', () => {
  it('walks folders in order, takes stores as one, enters each folder once', async () => {
    expect(await found()).toEqual([
      '.lists.gauges maildir',
      'a/.hidden none',
      'a/broken none',
      'a/c.mbox file',
      'a/photo.jpg file',
      'b.eml file',
      'inbox public-inbox-git',
      'maildir maildir',
      'sources.git none',
    ]);
  });

  it('says why something is skipped', async () => {
    const reasons = new Map<string, string>();
    for await (const archive of await findArchives([folder])) {
      if (archive.kind !== 'store' || archive.reader.format !== 'none') continue;
      const store = { path: archive.path, source: '', list: null, since: null };
      for (const item of await collect(archive.reader.read(store)))
        if (item.kind === 'skipped') reasons.set(relative(folder, archive.path), item.reason);
    }
    expect(Object.fromEntries(reasons)).toEqual({
      'a/.hidden': 'not-mail',
      'a/broken': 'unreadable',
      'sources.git': 'not-mail',
    });
  });

  it('detects the format of each file by its content', async () => {
    const formats = [];
    for await (const archive of await findArchives([folder]))
      if (archive.kind === 'file') {
        const content = archive.path.endsWith('.eml')
          ? mail
          : archive.path.endsWith('.mbox')
            ? `From a@b Tue Mar  5 08:00:00 2019\n${mail}`
            : '\u00ff';
        formats.push(archive.reader(Buffer.from(content), archive.path)?.format ?? null);
      }
    expect(formats).toEqual(['mbox', null, 'eml']);
  });

  it('takes the format that was given for every file', async () => {
    const [archive] = await collect(
      await findArchives([join(folder, 'a/photo.jpg')], { format: 'mbox', list: 'gauges' }),
    );
    expect(archive).toMatchObject({ kind: 'file', list: 'gauges' });
    expect(archive?.kind === 'file' && archive.reader(new Uint8Array(0), 'x')?.format).toBe('mbox');
    expect(await found({ format: 'maildir' }, [join(folder, 'maildir')])).toEqual(['maildir maildir']);
  });

  it('refuses an unknown format, naming the known, and a path that is not there, before anything is read', async () => {
    await expect(findArchives([folder], { format: 'pst' })).rejects.toThrow(
      /unknown format "pst"; use one of mbox,.*maildir/,
    );
    await expect(findArchives([folder, join(folder, 'absent')])).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
