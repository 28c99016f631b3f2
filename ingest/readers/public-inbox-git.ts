import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { messageIdToPath, parseMessageIds } from '../../mail/message-id.js';
import { ArchiveReadError } from '../archive-file.js';
import type { Epoch } from '../git/epochs.js';
import { bundleHeads, clonedFrom, epochsAt, headOf, holdsMail, isAncestor, isBundle, isGitDir } from '../git/epochs.js';
import { runGit } from '../git/git.js';
import type { MailChange } from '../git/history.js';
import { mailChanges } from '../git/history.js';
import { listFromFile, listFromFolder } from '../list-name.js';
import { maxMessageOctets } from './limits.js';
import type { MailPlace } from './octets-item.js';
import { itemOfOctets } from './octets-item.js';
import type { Store, StoreItem, StoreReader } from './reader.js';

/**
 * public-inbox in git (public-inbox-v2-format(5), -v1-format(5)): one epoch, a folder of epochs, or a bundle of one.
 * A mark is the last commit read of each epoch, `0.git=<commit> 1.git=<commit>`.
 */
export const publicInboxGit: StoreReader = {
  format: 'public-inbox-git',

  async detects(path) {
    if (await isBundle(path)) return true;
    const [first] = await epochsAt(path);
    return first !== undefined && (await isGitDir(first.gitDir)) && (await holdsMail(first.gitDir));
  },

  async *read(store) {
    if (await isBundle(store.path)) yield* readBundle(store);
    else yield* readEpochs(store, await epochsAt(store.path), listFromFolder(store.path));
  },
};

async function* readBundle(store: Store): AsyncGenerator<StoreItem> {
  if (store.since !== null && (await bundleHeads(store.path)).every((head) => store.since?.endsWith(`=${head}`))) {
    yield { kind: 'mark', value: store.since };
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'threadlore-bundle-'));
  try {
    const gitDir = join(folder, '0.git');
    // The bundle is a file, and the only transport that is let pass is that of files.
    const clone = await runGit([...allowFiles, 'clone', '--quiet', '--mirror', '--', resolve(store.path), gitDir]);
    if (clone.status !== 0)
      throw new ArchiveReadError(
        'unreadable',
        store.path,
        `not a whole git bundle (${clone.stderr.split('\n', 1)[0] ?? ''})`,
      );
    yield* readEpochs(store, [{ name: '0.git', gitDir }], listFromFile(store.path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const allowFiles = ['-c', 'protocol.file.allow=always'];

async function* readEpochs(store: Store, epochs: readonly Epoch[], fallbackList: string): AsyncGenerator<StoreItem> {
  const since = parseMark(store.since);
  const heads = await Promise.all(epochs.map(({ gitDir }) => headOf(gitDir)));
  if (await wasRewritten(epochs, heads, since)) {
    yield { kind: 'rewritten' };
    since.clear();
  }
  for (const [index, epoch] of epochs.entries()) {
    const head = heads[index] ?? null;
    const read = since.get(epoch.name);
    if (head === null || head === read) continue;
    const { source, list } = store;
    const place = { source, list, fallbackList, ...permalinks(archiveUrl(await clonedFrom(epoch.gitDir))) };
    const range = read === undefined ? head : `${read}..${head}`;
    for await (const change of mailChanges(epoch.gitDir, range, maxMessageOctets))
      yield itemOf(change, place, `${epoch.name}:${change.commit}`);
    since.set(epoch.name, head);
  }
  yield { kind: 'mark', value: [...since].map(([name, commit]) => `${name}=${commit}`).join(' ') };
}

async function wasRewritten(
  epochs: readonly Epoch[],
  heads: readonly (string | null)[],
  since: ReadonlyMap<string, string>,
): Promise<boolean> {
  for (const [index, { name, gitDir }] of epochs.entries()) {
    const read = since.get(name);
    const head = heads[index] ?? null;
    if (read === undefined || read === head) continue;
    if (head === null || !(await isAncestor(gitDir, read, head))) return true;
  }
  return false;
}

function parseMark(mark: string | null): Map<string, string> {
  const found = (mark ?? '').matchAll(/([^\s=]+)=([0-9a-f]{40,64})/g);
  return new Map([...found].map(([, name = '', commit = '']) => [name, commit]));
}

function itemOf(change: MailChange, place: Omit<MailPlace, 'locator'>, locator: string): StoreItem {
  const { kind, octets, size } = change;
  if (octets === null) return { kind: 'skipped', reason: size === null ? 'unreadable' : 'too-large', locator };
  return kind === 'deleted' ? { kind: 'deletion', octets, locator } : itemOfOctets(octets, { ...place, locator });
}

function permalinks(archive: string | null): Pick<MailPlace, 'permalinkOf'> {
  if (archive === null) return {};
  return {
    permalinkOf: (header) => {
      const [id] = parseMessageIds(header);
      return id === undefined ? null : `${archive}${messageIdToPath(id)}/`;
    },
  };
}

/**
 * The archive's address from that of its git: public-inbox serves `$URL/$EPOCH` or `$URL/git/$EPOCH.git` (v2) and `$URL` itself
 * (v1) for cloning. An address of another shape is a mirror somewhere, and says nothing of pages.
 */
function archiveUrl(git: string | null): string | null {
  const match = /^(https?:\/\/[^/]+\/.*?[^/])\/(?:git\/)?\d{1,6}(?:\.git)?\/?$/.exec(git ?? '');
  return match?.[1] === undefined || basename(match[1]).endsWith('.git') ? null : `${match[1]}/`;
}
