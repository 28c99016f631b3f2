import { parseMailDate } from '../../mail/date.js';
import { parseMailbox, parseMailboxes, type Mailbox } from '../../mail/mailbox.js';
import type { MessageFields } from '../../mail/message.js';
import { messageIdOf, parseMessageIds } from '../../mail/message-id.js';
import { decodeWords } from '../encoded-words.js';
import { headerOf, parseHeaders, type Headers } from '../header.js';

const NOBODY: Mailbox = { name: null, address: null, masked: null };

/** What a page says of a message; what it does not say is null or empty. */
export function pageFields(known: Partial<MessageFields>): MessageFields {
  return {
    messageId: null,
    inReplyTo: [],
    references: [],
    from: NOBODY,
    to: [],
    cc: [],
    date: null,
    subject: '',
    text: '',
    attachments: [],
    ...known,
  };
}

/** Somebody of whom a page gives the name alone. */
export function namedOnly(name: string): Mailbox {
  const shown = name.replace(/\s+/g, ' ').trim();
  return { name: shown === '' ? null : shown, address: null, masked: null };
}

/** Reads a header block (`From: …` lines, folded ones too) that a page shows. Encoded words (RFC 2047) are decoded. */
export function fieldsOfHeaderBlock(block: string): Omit<MessageFields, 'text' | 'attachments'> {
  return fieldsOfHeaders(parseHeaders(Buffer.from(block)));
}

/** The fields of a message from its headers. Comments behind a Message-ID (` (raw)`) are passed over. */
export function fieldsOfHeaders(headers: Headers): Omit<MessageFields, 'text' | 'attachments'> {
  const decoded = (name: string): string => decodeWords(headerOf(headers, name));
  const everybody = (name: string): Mailbox[] =>
    (headers.get(name) ?? []).flatMap((value) => parseMailboxes(decodeWords(value)));
  const ids = (name: string) => (headers.get(name) ?? []).flatMap((value) => parseMessageIds(value));
  return {
    messageId: ids('message-id')[0] ?? messageIdOf(headerOf(headers, 'message-id')),
    inReplyTo: ids('in-reply-to'),
    references: ids('references'),
    from: parseMailbox(decoded('from')),
    to: everybody('to'),
    cc: everybody('cc'),
    date: parseMailDate(headerOf(headers, 'date')),
    subject: decoded('subject').replace(/\s+/g, ' ').trim(),
  };
}

/** A body as a message's text: no white space at its end but one newline, `''` where there is nothing else. */
export function bodyText(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed === '' ? '' : `${trimmed}\n`;
}
