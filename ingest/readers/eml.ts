import { parseHeaders, splitMessage } from '../header.js';
import { listFromFolder } from '../list-name.js';
import { fromLineStyle } from './from-line.js';
import { maxMessageOctets } from './limits.js';
import { isMail, itemOfOctets } from './octets-item.js';
import type { Reader } from './reader.js';
import { dirname } from 'node:path';

/** A single mail (RFC 5322), as `.eml`, MH and Cyrus files hold it. */
export const eml: Reader = {
  format: 'eml',

  detects(head) {
    const end = head.indexOf(0x0a);
    const firstLine = Buffer.from(head.subarray(0, Math.min(end < 0 ? head.length : end, 2000))).toString('latin1');
    if (!/^[!-9;-~]+[ \t]*:/.test(firstLine) || fromLineStyle(firstLine.trimEnd()) !== null) return false;
    const headers = parseHeaders(splitMessage(head).head);
    // Two fields of mail: HTTP headers have a Date, many a note starts with `Subject:`.
    const fields = ['from', 'date', 'message-id', 'subject', 'received', 'to', 'return-path', 'mime-version'];
    return isMail(headers) && fields.filter((name) => headers.has(name)).length >= 2;
  },

  async *read(file) {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of file.octets()) {
      length += chunk.length;
      if (length > maxMessageOctets) {
        yield { kind: 'skipped', reason: 'too-large', locator: file.path };
        return;
      }
      chunks.push(chunk);
    }
    const fallbackList = listFromFolder(dirname(file.path));
    yield itemOfOctets(Buffer.concat(chunks), {
      source: file.source,
      list: file.list,
      fallbackList,
      locator: file.path,
    });
  },
};
