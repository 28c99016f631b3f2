import { contentHash } from '../mail/content-hash.js';
import type { MailDate } from '../mail/date.js';
import { parseMailDate } from '../mail/date.js';
import type { Mailbox } from '../mail/mailbox.js';
import { parseMailbox, parseMailboxes } from '../mail/mailbox.js';
import type { Message, MessageFields, RawMessage } from '../mail/message.js';
import { messageIdOf, mintMessageId, parseMessageIds } from '../mail/message-id.js';
import { reportedBy } from '../mail/reported.js';
import { isRobot } from '../mail/robot.js';
import { cleanText } from './clean-text.js';
import { decodedHeader, decodeWords } from './encoded-words.js';
import type { Headers } from './header.js';
import { headerOf } from './header.js';
import { parseMime } from './mime.js';
import { textOfPart } from './mime-text.js';
import type { SkipReason } from './readers/reader.js';
import { isMail } from './readers/octets-item.js';
import { labelledLater } from './unlabelled.js';

export type DecodeResult =
  { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly reason: SkipReason };

/** Of longer References the beginning is left out: the nearest ancestors come last. */
const maxReferences = 1000;

/**
 * Makes a message of what a reader found. Never throws. Conventions, which page readers follow too, so that a page and
 * the mail it was made from come out alike:
 * - `text` is the text parts in order, `\n` line ends, no white space at its end but one newline. Alternatives: plain text, else HTML with `> ` for
 *   blockquotes and `words <URL>` for links. format=flowed is unwrapped.
 * - Patches attached as text stand in the text, after an empty line. Other attachments are named in `attachments` and do not appear in it.
 * - A forwarded message is quoted with `> ` below `---------- Forwarded message ----------` and its From, Date, Subject and Message-ID.
 * - `subject` is one line, encoded words decoded, `Re:` and tags as they are. Without a readable Date the last Received counts.
 * - Blocks are labelled when they are first asked for.
 */
export async function decodeMessage(raw: RawMessage): Promise<DecodeResult> {
  try {
    const { content } = raw;
    if (content.kind === 'fields') return finished(raw, tidied(content.fields), null);
    const root = parseMime(content.octets);
    if (!isMail(root.headers)) return { ok: false, reason: 'malformed' };
    const { text, attachments } = textOfPart(root);
    return finished(raw, tidied({ ...fieldsOf(root.headers), text, attachments }), root.headers);
  } catch {
    return { ok: false, reason: 'malformed' };
  }
}

function fieldsOf(headers: Headers): Omit<MessageFields, 'text' | 'attachments'> {
  const ids = (name: string) => (headers.get(name) ?? []).flatMap((value) => parseMessageIds(value));
  const people = (name: string) => (headers.get(name) ?? []).flatMap((value) => parseMailboxes(decodeWords(value)));
  return {
    messageId: ids('message-id')[0] ?? messageIdOf(headerOf(headers, 'message-id')),
    inReplyTo: ids('in-reply-to'),
    references: [...new Set(ids('references').slice(-maxReferences))],
    from: authorOf(headers),
    to: people('to'),
    cc: people('cc'),
    date: dateOf(headers),
    subject: decodedHeader(headers, 'subject'),
  };
}

/**
 * The From mailbox. Where a list put itself in its place (`Ann via list <list@…>`), the address comes from Reply-To or
 * X-Original-From, if the name there is the same. Sender is nobody's name: lists and robots write it.
 */
function authorOf(headers: Headers): Mailbox {
  const from = parseMailbox(decodedHeader(headers, 'from'));
  if (from.name === null || from.address !== null) return from;
  const known = ['x-original-from', 'reply-to'].flatMap((name) => parseMailboxes(decodedHeader(headers, name)));
  const address = known.find(({ name }) => name?.toLowerCase() === from.name?.toLowerCase())?.address;
  if (address) return { name: from.name, address, masked: null };
  // Mailman 3 shows of those without a name what stands before the `@`: `ann.lee--- via valves`.
  const local = from.name.replace(/-{3}$/u, '').toLowerCase();
  const bare = known.find(({ name, address }) => name === null && address?.toLowerCase().startsWith(`${local}@`));
  return bare ?? from;
}

function dateOf(headers: Headers): MailDate | null {
  const written = parseMailDate(headerOf(headers, 'date'));
  if (written !== null) return written;
  // Received lines are added on top: the last one is the first hop, nearest to the writing.
  for (const received of [...(headers.get('received') ?? [])].reverse()) {
    const date = parseMailDate(received.slice(received.lastIndexOf(';') + 1));
    if (date !== null) return date;
  }
  return null;
}

function tidied(fields: MessageFields): MessageFields {
  const text = cleanText(fields.text).trimEnd();
  return { ...fields, text: text === '' ? '' : `${text}\n` };
}

function finished(raw: RawMessage, sent: MessageFields, headers: Headers | null): DecodeResult {
  // A tracker's daemon only brings what somebody wrote there.
  const writer = reportedBy(sent);
  const fields = writer === null ? sent : { ...sent, from: writer };
  const { messageId, from, subject, text } = fields;
  if (text === '' && subject === '' && messageId === null) return { ok: false, reason: 'no-text' };
  const hash = contentHash(fields);
  const firsts = new Map([...(headers ?? [])].map(([name, values]) => [name, values[0] ?? '']));
  const message = labelledLater({
    ...fields,
    messageId: messageId ?? mintMessageId(hash),
    origins: [raw.origin],
    contentHash: hash,
    robot: writer === null && isRobot({ from, subject, headers: firsts, text }),
  });
  return { ok: true, message };
}
