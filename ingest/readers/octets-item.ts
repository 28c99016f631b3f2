import { headerOf, parseHeaders, splitMessage } from '../header.js';
import { archivedAt, listOf } from '../list-name.js';
import type { Headers } from '../header.js';
import type { ArchiveItem, SkipReason } from './reader.js';

/** Where a mail was found, as far as the reader knows it. */
export interface MailPlace {
  readonly source: string;
  /** The list's name where `--list` gave one. */
  readonly list: string | null;
  /** The list's name for mails without List-Id. */
  readonly fallbackList: string;
  readonly locator: string;
  /** The archive's page of a message, where the reader knows the archive. */
  readonly permalinkOf?: (messageId: string) => string | null;
}

/** The item for one mail's octets, or why they are no mail. */
export function itemOfOctets(octets: Uint8Array, place: MailPlace): ArchiveItem {
  const { locator } = place;
  const { head, body } = splitMessage(octets);
  const headers = parseHeaders(head);
  const reason = unusable(octets, headers, body);
  if (reason !== null) return { kind: 'skipped', reason, locator };
  const list = place.list ?? listOf(headers) ?? place.fallbackList;
  const permalink = archivedAt(headers) ?? place.permalinkOf?.(headerOf(headers, 'message-id')) ?? null;
  const origin = { source: place.source, list, locator, ...(permalink === null ? {} : { permalink }) };
  return { kind: 'message', message: { origin, content: { kind: 'octets', octets } } };
}

function unusable(octets: Uint8Array, headers: Headers, body: Uint8Array): SkipReason | null {
  if (!octets.some((octet) => octet > 0x20)) return 'empty';
  if (!isMail(headers)) return 'malformed';
  // The header's end was never reached: the file was cut there.
  return body.length === 0 && octets[octets.length - 1] !== 0x0a ? 'truncated' : null;
}

/** Whether a header is that of a mail: it has at least one of the fields that only mail has. */
export function isMail(headers: Headers): boolean {
  return ['from', 'date', 'message-id', 'subject', 'received', 'to'].some((name) => headers.has(name));
}
