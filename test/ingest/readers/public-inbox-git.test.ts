import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicInboxGit } from '../../../ingest/readers/public-inbox-git.js';
import type { StoreItem } from '../../../ingest/readers/reader.js';
import { sharedPath } from '../../shared.js';
import { addCommit, git, makeRepository, temporaryFolder } from '../git-store.js';
import { collect } from '../memory-file.js';

const mail = (id: string) =>
  `From: Ann <ann@example.org>\nMessage-ID: <${id}@example.org>\nSubject: ${id}\n\nText of ${id}.\n`;

let folder = '';
beforeAll(() => (folder = temporaryFolder()));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (path: string, since: string | null = null, list: string | null = null) =>
  collect(publicInboxGit.read({ path, source: path, list, since }));

/** `+one`, `-one`, or the item's kind. */
function summary(items: readonly StoreItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'message' && item.message.content.kind === 'octets')
      return `+${subject(item.message.content.octets)}`;
    return item.kind === 'deletion' ? `-${subject(item.octets)}` : item.kind === 'skipped' ? item.reason : item.kind;
  });
}

const subject = (octets: Uint8Array) => /Subject: (\S+)/.exec(Buffer.from(octets).toString())?.[1] ?? '';
const markOf = (items: readonly StoreItem[]) =>
  items.flatMap((item) => (item.kind === 'mark' ? [item.value] : []))[0] ?? '';

describe('public-inbox in git', () => {
  it('reads an epoch: m adds, d deletes, oldest first', async () => {
    const path = join(folder, 'gauges/git/0.git');
    makeRepository(path, [{ m: mail('one') }, { m: mail('two') }, { d: mail('one') }, { m: mail('three') }]);
    expect(await publicInboxGit.detects(path)).toBe(true);
    const items = await read(path);
    expect(summary(items)).toEqual(['+one', '+two', '-one', '+three', 'mark']);
    expect(items[0]).toMatchObject({ message: { origin: { list: 'gauges' } } });
    expect(await read(path, null, 'named')).toMatchObject([{ message: { origin: { list: 'named' } } }, {}, {}, {}, {}]);
  });

  it('reads a folder of epochs in order, and only what is new next time', async () => {
    const path = join(folder, 'two-epochs');
    makeRepository(join(path, 'git/0.git'), [{ m: mail('one') }]);
    makeRepository(join(path, 'git/1.git'), [{ m: mail('two') }]);
    expect(await publicInboxGit.detects(path)).toBe(true);
    const first = await read(path);
    expect(summary(first)).toEqual(['+one', '+two', 'mark']);
    makeRepository(join(path, 'git/2.git'), [{ m: mail('three') }]);
    const second = await read(path, markOf(first));
    expect(summary(second)).toEqual(['+three', 'mark']);
    expect(summary(await read(path, markOf(second)))).toEqual(['mark']);
  });

  it('reads new commits of a checked-out epoch, and says when history was rewritten', async () => {
    const path = join(folder, 'checked-out');
    makeRepository(path, [{ m: mail('one') }, { m: mail('two') }]);
    const first = await read(path);
    addCommit(path, { m: mail('three') });
    expect(summary(await read(path, markOf(first)))).toEqual(['+three', 'mark']);
    git(path, 'reset', '--quiet', '--hard', 'HEAD~2');
    expect(summary(await read(path, markOf(first)))).toEqual(['rewritten', '+one', 'mark']);
  });

  it('reads the v1 layout: files named by a hash, removed ones are deletions', async () => {
    const path = join(folder, 'v1.git');
    const [one, two] = [`0a/${'1'.repeat(38)}`, `ff/${'2'.repeat(38)}`];
    makeRepository(path, [{ [one]: mail('one') }, { [one]: mail('one'), [two]: mail('two') }, { [two]: mail('two') }]);
    expect(await publicInboxGit.detects(path)).toBe(true);
    expect(summary(await read(path))).toEqual(['+one', '+two', '-one', 'mark']);
  });

  it('reads a bundle, and leaves an unchanged one alone', async () => {
    const path = join(folder, 'to-bundle');
    makeRepository(path, [{ m: mail('one') }]);
    const bundle = join(folder, 'gauges.public-inbox-v2.bundle');
    git(path, 'bundle', 'create', '--quiet', bundle, '--all', 'HEAD');
    expect(await publicInboxGit.detects(bundle)).toBe(true);
    const items = await read(bundle);
    expect(summary(items)).toEqual(['+one', 'mark']);
    expect(items[0]).toMatchObject({ message: { origin: { list: 'gauges' } } });
    expect(summary(await read(bundle, markOf(items)))).toEqual(['mark']);
  });

  it('knows the page of a message from the address that was cloned', async () => {
    const path = join(folder, 'cloned/0.git');
    makeRepository(path, [{ m: mail('one') }]);
    git(path, 'config', 'remote.origin.url', 'https://archive.example.org/gauges/0');
    const permalink = 'https://archive.example.org/gauges/one@example.org/';
    expect((await read(path))[0]).toMatchObject({ message: { origin: { permalink } } });
    git(path, 'config', 'remote.origin.url', 'https://mirror.example.org/gauges.git');
    expect((await read(path))[0]).not.toHaveProperty('message.origin.permalink');
  });

  it('skips what is no mail in an epoch', async () => {
    const path = join(folder, 'odd.git');
    makeRepository(path, [{ m: '' }, { m: 'no mail\n' }, { m: mail('one') }]);
    expect(summary(await read(path))).toEqual(['empty', 'malformed', '+one', 'mark']);
  });

  it('takes neither program sources nor mixed folders nor broken bundles for a store', async () => {
    const sources = join(folder, 'sources');
    makeRepository(sources, [{ 'main.c': 'int main(void);\n', m: 'x\n' }]);
    const mixed = join(folder, 'mixed');
    makeRepository(join(mixed, '0.git'), [{ m: mail('one') }]);
    writeFileSync(join(mixed, 'other.mbox'), '');
    mkdirSync(join(folder, 'nothing'));
    for (const path of [sources, mixed, join(folder, 'nothing'), join(folder, 'absent')])
      expect(await publicInboxGit.detects(path)).toBe(false);
    const broken = join(folder, 'broken.bundle');
    writeFileSync(broken, '# v2 git bundle\nnonsense\n');
    await expect(read(broken)).rejects.toMatchObject({ name: 'ArchiveReadError', reason: 'unreadable' });
  });

  const real = sharedPath('corpus/archives/linux-raid.public-inbox-v2.bundle');
  it.skipIf(real === null)('reads a whole real epoch', async () => {
    const kinds = new Map<string, number>();
    for await (const { kind } of publicInboxGit.read({ path: real ?? '', source: 'raid', list: null, since: null }))
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(kinds)).toEqual({ message: 19526, mark: 1 });
  });
});
