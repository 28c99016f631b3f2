import { gunzipSync } from 'node:zlib';
import { messageIdToPath, parseMessageIds, type MessageId } from '../../mail/message-id.js';
import type { RawMessage } from '../../mail/message.js';
import { isGzip } from '../archive-file.js';
import { readerOf } from '../detect.js';
import { headerOf, parseHeaders, splitMessage } from '../header.js';
import type { ArchiveFile, ArchiveItem } from '../readers/reader.js';
import { looksLikeHtml } from './challenge.js';
import { LiveError } from './live-error.js';

const headLength = 64 * 1024;

/** Octets that unpack to more than this are refused. */
const unpackedLimit = 512 * 2 ** 20;

/** What was fetched, as the readers of archive files take it: `path` is its URL, from which they know list and page. */
export function fetchedFile(octets: Buffer, url: URL, source: string, list: string | null): ArchiveFile {
  const content = isGzip(octets) ? unpack(octets, url) : octets;
  return {
    path: `${url.origin}${url.pathname}`,
    source,
    list,
    head: content.subarray(0, headLength),
    async *octets() {
      yield content;
    },
  };
}

/** Unpacks gzip that came whole. @throws LiveError (`too-large`, `not-understood`) */
export function unpack(octets: Buffer, url: URL, limit = unpackedLimit): Buffer {
  try {
    return gunzipSync(octets, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new LiveError('too-large', `${url.href} unpacks to more than ${limit / 2 ** 20} MiB; it is not read`, {
        cause,
      });
    throw new LiveError('network', `${url.host} gave a damaged or cut gzip file (${url.pathname})`, { cause });
  }
}

/** The messages of a fetched file, read by the reader whose format it is. @throws LiveError (`challenge`) where a web page came that none knows */
export async function* itemsIn(file: ArchiveFile, url: URL): AsyncGenerator<ArchiveItem> {
  const reader = readerOf(file.head, file.path);
  if (reader !== null) return yield* reader.read(file);
  if (file.head.length === 0) return;
  if (looksLikeHtml(Buffer.from(file.head.subarray(0, 1000)).toString('latin1')))
    throw new LiveError(
      'challenge',
      `${url.href} is a web page, where mail was expected; look at it in a browser, and follow the list another way`,
    );
  yield { kind: 'skipped', reason: 'not-mail', locator: url.href };
}

/** The Message-ID that a mail names itself. */
export function idOfMail({ content }: Pick<RawMessage, 'content'>): MessageId | null {
  if (content.kind === 'fields') return content.fields.messageId;
  return parseMessageIds(headerOf(parseHeaders(splitMessage(content.octets).head), 'message-id'))[0] ?? null;
}

/** Names the page that shows a message in the archive at `base` (with its last slash), in place of what the mail says of other archives. */
export function shownAt<T extends { readonly kind: string }>(item: T | ArchiveItem, base: string): T | ArchiveItem {
  if (item.kind !== 'message' || !('message' in item)) return item;
  const { content, origin } = item.message;
  const id = idOfMail({ content });
  if (id === null) return item;
  return { ...item, message: { content, origin: { ...origin, permalink: `${base}${messageIdToPath(id)}/` } } };
}
