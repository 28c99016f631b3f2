import { listFromFile } from '../list-name.js';
import { fromLineStyle, maxFromLine } from './from-line.js';
import { maxMessageOctets } from './limits.js';
import type { MboxPiece } from './mbox-split.js';
import { splitMbox } from './mbox-split.js';
import { unescapeFromLines } from './mbox-unescape.js';
import { itemOfOctets } from './octets-item.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

/** mbox (RFC 4155) in its dialects mboxrd, mboxo and mboxcl2, `git format-patch --stdout` and pipermail's months. */
export const mbox: Reader = {
  format: 'mbox',

  detects(head) {
    const text = Buffer.from(head.subarray(0, 4 * maxFromLine))
      .toString('latin1')
      .trimStart();
    return fromLineStyle(text.split(/\r?\n/, 1)[0] ?? '') !== null;
  },

  async *read(file) {
    for await (const piece of splitMbox(file.octets(), maxMessageOctets)) yield itemOf(piece, file);
  },
};

function itemOf({ offset, octets, style, counted }: MboxPiece, file: ArchiveFile): ArchiveItem {
  const locator = String(offset);
  if (octets === null) return { kind: 'skipped', reason: 'too-large', locator };
  const mail = counted ? octets : unescapeFromLines(octets, style === 'public-inbox');
  return itemOfOctets(mail, { source: file.source, list: file.list, fallbackList: listFromFile(file.path), locator });
}
