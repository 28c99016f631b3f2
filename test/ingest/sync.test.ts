import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { MessageId } from '../../mail/message-id.js';
import { openLibrary, openWriter } from '../../index/open.js';
import type { IngestProgress } from '../../ingest/progress.js';
import { ingest } from '../../ingest/sync.js';
import { sharedPath } from '../shared.js';
import { contentOf, conversation, folders, mail, mbox, passagesOf } from './archives.js';

const { make, clean } = folders();
afterAll(clean);

/** Writes files into a folder of their own and gives its path. */
function archive(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = make();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Which id is minted depends on the first copy that was seen; nothing else does. */
function withoutMintedIds(content: readonly unknown[]): string[] {
  return content.map((part) => JSON.stringify(part).replace(/[0-9a-f]{64}@missing\.invalid/g, 'minted')).sort();
}

describe('ingesting an archive', () => {
  it('adds its messages once, and nothing when it is ingested again', async () => {
    const dataDir = make();
    const path = archive({ 'pumps.mbox': conversation(40) });
    const first = await ingest({ dataDir, paths: [path] });
    expect(first).toMatchObject({
      read: 38,
      added: 38,
      updated: 0,
      duplicates: 0,
      removed: 0,
      skipped: {},
      threads: 5,
    });
    const again = await ingest({ dataDir, paths: [path] });
    expect(again).toMatchObject({ read: 0, added: 0, updated: 0, duplicates: 0, threads: 5, passages: first.passages });
  });

  it('counts known messages as duplicates when it reads all again', async () => {
    const dataDir = make();
    const path = archive({ 'pumps.mbox': conversation(16) });
    await ingest({ dataDir, paths: [path] });
    const before = await passagesOf(dataDir);
    expect(await ingest({ dataDir, paths: [path], full: true })).toMatchObject({
      read: 15,
      added: 0,
      updated: 0,
      duplicates: 15,
    });
    expect(await passagesOf(dataDir)).toEqual(before);
  });

  it('adds what a file has gained', async () => {
    const dataDir = make();
    const path = archive({ 'pumps.mbox': mbox(mail({ id: 'one@example.org' })) });
    await ingest({ dataDir, paths: [path] });
    appendFileSync(
      join(path, 'pumps.mbox'),
      mbox(mail({ id: 'two@example.org', subject: 'Pipes', text: 'Pipes are fine.' })),
    );
    expect(await ingest({ dataDir, paths: [path] })).toMatchObject({ read: 2, added: 1, duplicates: 1 });
  });

  it('makes one message of two lists, with both as its origins', async () => {
    const dataDir = make();
    const [one, other] = [archive({ 'valves.mbox': mbox(mail({})) }), archive({ 'pumps.mbox': mbox(mail({})) })];
    expect(await ingest({ dataDir, paths: [one, other] })).toMatchObject({ read: 2, added: 1, updated: 1 });
    const library = await openLibrary(dataDir);
    expect(
      library
        .message('one@example.org' as MessageId)
        ?.origins.map(({ list }) => list)
        .sort(),
    ).toEqual(['pumps', 'valves']);
    library.close();
  });

  it('gives the same library whatever the order of its sources', async () => {
    const bare = mail({ id: null, from: 'Ann Lee <ann@...mple.org>' });
    const files = [
      archive({ 'a.mbox': conversation(24) }),
      archive({ 'b.mbox': mbox(mail({ text: 'The valve sticks when it is cold and wet.\n-- \nAnn' }), bare) }),
      archive({
        'c.mbox': mbox(bare, mail({ from: 'Bo Ek <bo@example.net>', text: 'Quite another mail under the same id.' })),
      }),
    ];
    const libraries = await Promise.all(
      [files, [...files].reverse()].map(async (paths) => {
        const dataDir = make();
        for (const path of paths) await ingest({ dataDir, paths: [path] });
        return withoutMintedIds([...(await contentOf(dataDir)), ...(await passagesOf(dataDir))]);
      }),
    );
    expect(libraries[1]).toEqual(libraries[0]);
  });

  it('keeps two different messages that share a Message-ID, each in its own words', async () => {
    const dataDir = make();
    const other = mail({
      from: 'Bo Ek <bo@example.net>',
      date: 'Sat, 02 Mar 2024 10:00:00 +0000',
      text: 'Pipes freeze before valves do.',
    });
    expect(await ingest({ dataDir, paths: [archive({ 'two.mbox': mbox(other, mail({})) })] })).toMatchObject({
      read: 2,
      added: 2,
    });
    const library = await openLibrary(dataDir);
    expect(library.message('one@example.org' as MessageId)?.from.name).toBe('Ann Lee');
    expect([...library.everyMessage()].map(({ from }) => from.name).sort()).toEqual(['Ann Lee', 'Bo Ek']);
    library.close();
  });

  it('puts a message that is there without its Message-ID under it when a copy shows it', async () => {
    const dataDir = make();
    await ingest({ dataDir, paths: [archive({ 'a.mbox': mbox(mail({ id: null })) })] });
    expect(await ingest({ dataDir, paths: [archive({ 'b.mbox': mbox(mail({})) })] })).toMatchObject({
      added: 0,
      updated: 1,
    });
    const library = await openLibrary(dataDir);
    expect([...library.everyMessage()].map(({ messageId }) => messageId)).toEqual(['one@example.org']);
    library.close();
  });

  it('tells how far it is, up to its report', async () => {
    const told: IngestProgress[] = [];
    const paths = [archive({ 'pumps.mbox': conversation(8) })];
    const report = await ingest({ dataDir: make(), paths, onProgress: (progress) => told.push(progress) });
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['reading', 'weaving', 'graphing', 'done']);
    expect(told.at(-1)).toEqual({ stage: 'done', report });
  });

  it('uses worker threads for a large archive, with the same result', async () => {
    const [small, large] = [make(), make()];
    const path = archive({ 'pumps.mbox': conversation(600) });
    expect(await ingest({ dataDir: large, paths: [path] })).toMatchObject({ added: 575 });
    const half = archive({ 'pumps.mbox': conversation(160) });
    await ingest({ dataDir: small, paths: [half] });
    const whole = new Set(await passagesOf(large));
    for (const passage of await passagesOf(small)) expect(whole).toContain(passage);
  });
});

describe('a public-inbox store', () => {
  function git(folder: string, ...args: readonly string[]): void {
    const who = ['-c', 'user.name=Ann Lee', '-c', 'user.email=ann@example.org', '-c', 'init.defaultBranch=master'];
    execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'pipe' });
  }
  function commit(folder: string, file: 'm' | 'd', content: string): void {
    if (file === 'd') git(folder, 'rm', '-q', 'm');
    writeFileSync(join(folder, file), content);
    git(folder, 'add', file);
    git(folder, 'commit', '-q', '-m', file);
  }

  it('adds what is new, and forgets what it deletes', async () => {
    const [dataDir, folder] = [make(), make()];
    git(folder, 'init', '-q');
    commit(folder, 'm', mail({ id: 'one@example.org' }));
    commit(folder, 'm', mail({ id: 'two@example.org', subject: 'Pipes', text: 'Pipes are fine.' }));
    const epoch = join(make(), '0.git');
    execFileSync('git', ['clone', '-q', '--mirror', folder, epoch], { stdio: 'pipe' });
    expect(await ingest({ dataDir, paths: [epoch] })).toMatchObject({ read: 2, added: 2 });
    expect(await ingest({ dataDir, paths: [epoch] })).toMatchObject({ read: 0, added: 0 });

    commit(folder, 'd', mail({ id: 'one@example.org' }));
    git(epoch, 'fetch', '-q');
    expect(await ingest({ dataDir, paths: [epoch] })).toMatchObject({ read: 0, removed: 1, passages: 1 });
    const library = await openLibrary(dataDir);
    expect([...library.everyMessage()].map(({ messageId }) => messageId)).toEqual(['two@example.org']);
    library.close();
  });
});

describe('bad input', () => {
  const ids = (count: number): string => Array.from({ length: count }, (_, at) => ` <ref${at}@example.org>`).join('\n');

  it.each([
    ['an empty file', { 'a.mbox': '' }, { empty: 1 }],
    ['binary junk', { 'a.bin': Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251) }, { 'not-mail': 1 }],
    [
      'a gzip file that ends too early',
      { 'a.mbox.gz': gzipSync(conversation(400)).subarray(0, 4000) },
      { truncated: 1 },
    ],
  ])('%s is counted', async (_, files: Record<string, string | Uint8Array>, skipped) => {
    const report = await ingest({ dataDir: make(), paths: [archive(files)] });
    expect(report.skipped).toMatchObject(skipped);
  });

  it.each([
    [
      'cyclic References',
      mbox(
        mail({ id: 'x@example.org', headers: 'References: <y@example.org>' }),
        mail({ id: 'y@example.org', headers: 'References: <x@example.org>', text: 'Other words, quite.' }),
      ),
      2,
    ],
    ['a message that answers itself', mbox(mail({ headers: 'In-Reply-To: <one@example.org>' })), 1],
    ['100,000 References', mbox(mail({ headers: `References:${ids(100_000)}` })), 1],
    ['a line of 10 MB', mbox(mail({ text: 'x'.repeat(10_000_000) })), 1],
    ['10 MB of quote markers', mbox(mail({ text: '>'.repeat(10_000_000) })), 1],
    ['no From', mbox(mail({ from: null })), 1],
    ['a date in the year 0', mbox(mail({ date: 'Mon, 01 Jan 0000 00:00:00 +0000' })), 1],
    ['a date in the year 9999', mbox(mail({ date: 'Fri, 31 Dec 9999 23:59:59 +0000' })), 1],
    ['a charset that is none', mbox(mail({ headers: 'Content-Type: text/plain; charset="klingon-8"' })), 1],
    ['a lone surrogate and NUL', mbox(mail({ text: 'A \ud800 and a \0 in words.' })), 1],
  ])('takes %s', async (_, content, added) => {
    const dataDir = make();
    expect(await ingest({ dataDir, paths: [archive({ 'a.mbox': content })] })).toMatchObject({ added });
    await passagesOf(dataDir);
  });

  it.each([
    ['a path that is not there', { paths: ['/nowhere/at/all.mbox'] }, /\/nowhere\/at\/all\.mbox.*check the path/],
    ['a format that nobody knows', { paths: ['.'], format: 'punchcard' }, /punchcard.*use one of/],
  ])('is an error that says how to mend it: %s', async (_, options, expected) => {
    await expect(ingest({ dataDir: make(), ...options })).rejects.toThrow(expected);
  });
});

describe('two at once, and stopping', () => {
  it('waits for another writer, and says so', async () => {
    const dataDir = make();
    const writer = await openWriter(dataDir);
    const told: IngestProgress[] = [];
    const paths = [archive({ 'pumps.mbox': conversation(8) })];
    const waiting = ingest({ dataDir, paths, onProgress: (progress) => told.push(progress) });
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told[0]).toEqual({ stage: 'waiting', pid: process.pid });
    writer.close();
    expect(await waiting).toMatchObject({ added: 7 });
  });

  it.each(['reading', 'weaving'] as const)('goes on where it was stopped while %s', async (stage) => {
    const [dataDir, whole] = [make(), make()];
    const paths = [archive({ 'pumps.mbox': conversation(600) })];
    const stopping = new AbortController();
    const stopped = ingest({
      dataDir,
      paths,
      signal: stopping.signal,
      onProgress: (progress) => progress.stage === stage && stopping.abort(),
    });
    await expect(stopped).rejects.toThrow();
    await ingest({ dataDir, paths });
    await ingest({ dataDir: whole, paths });
    expect(await contentOf(dataDir)).toEqual(await contentOf(whole));
    expect(await passagesOf(dataDir)).toEqual(await passagesOf(whole));
  });
});

const seeds = sharedPath('corpus/seeds');

describe.skipIf(seeds === null)('the five documents that the project began with', () => {
  it('are eight messages, one of them in two archives, and many that survive as quotes', async () => {
    const dataDir = make();
    const report = await ingest({ dataDir, paths: [seeds ?? ''] });
    expect(report).toMatchObject({ added: 8, skipped: {} });
    const library = await openLibrary(dataDir);
    const both = library.message('CAPcyv4gb+r==riKFXkVZ7gGdnKe62yBmZ7xOa4uBBByhnK9Tzg@mail.gmail.com' as MessageId);
    expect(both?.origins.filter(({ permalink }) => permalink !== undefined)).toHaveLength(2);
    library.close();
    const passages = await passagesOf(dataDir);
    const lost = passages.filter(
      (passage) =>
        passage.includes('20190131041641.GK5061@redhat.com') && passage.includes('change symbol export after'),
    );
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain(`{"instant":${Date.parse('2019-01-31T04:16Z')},"offset":-480}`);
  });
});
