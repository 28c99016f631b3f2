import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listFromFolder } from '../list-name.js';
import { maxMessageOctets } from './limits.js';
import { itemOfOctets } from './octets-item.js';
import type { Store, StoreItem, StoreReader } from './reader.js';

/**
 * A Maildir: one mail a file in `cur` and `new`; what is in `tmp` is not delivered yet. The mark is a hash of the
 * file names without their flags, which never name another mail: an unchanged Maildir is not read again.
 */
export const maildir: StoreReader = {
  format: 'maildir',

  async detects(path) {
    const kinds = await Promise.all(['cur', 'new'].map((name) => stat(join(path, name)).catch(() => null)));
    return kinds.every((found) => found?.isDirectory() === true);
  },

  async *read(store) {
    const files = await filesOf(store.path);
    const mark = createHash('sha256').update(files.map(withoutFlags).join('\n')).digest('hex');
    if (mark !== store.since) for (const file of files) yield await itemOf(store, file);
    yield { kind: 'mark', value: mark };
  },
};

/** `cur/NAME` and `new/NAME`, in the order of their names, which start with the time of delivery. */
async function filesOf(path: string): Promise<string[]> {
  const folders = await Promise.all(
    ['cur', 'new'].map(async (folder) => {
      const names = await readdir(join(path, folder)).catch(() => []);
      return names.filter((name) => !name.startsWith('.')).map((name) => `${folder}/${name}`);
    }),
  );
  return folders.flat().sort((left, right) => (withoutFlags(left) < withoutFlags(right) ? -1 : 1));
}

/** `1546300800.M1P2.host:2,S` without `:2,S` (`;2,` and `!2,` where the file system forbids colons). */
function withoutFlags(file: string): string {
  return basename(file).replace(/[:;!]2,[A-Za-z]*$/, '');
}

async function itemOf(store: Store, file: string): Promise<StoreItem> {
  const path = join(store.path, file);
  const locator = withoutFlags(file);
  try {
    const { size } = await stat(path);
    if (size > maxMessageOctets) return { kind: 'skipped', reason: 'too-large', locator };
    const place = { source: store.source, list: store.list, fallbackList: listFromFolder(store.path), locator };
    return itemOfOctets(await readFile(path), place);
  } catch {
    return { kind: 'skipped', reason: 'unreadable', locator };
  }
}
