import { parseMailDate } from '../../mail/date.js';
import { parseMailbox, parseMailboxes } from '../../mail/mailbox.js';
import type { MessageFields } from '../../mail/message.js';
import { messageIdOf, type MessageId } from '../../mail/message-id.js';
import { withIds } from './masked-ids.js';

/** blists shows these, in the order of the mail; `Message-Id:` as well as `Message-ID:`. Old pages put a tab behind the colon. */
const FIELD = /^(message-id|date|from|to|cc|reply-to|subject)[ \t]*:[ \t]*/i;
/** Real mails name a few hundred people at most. */
const MAX_FIELD_LINES = 5000;
/** A Cc of a thousand people is shorter. */
const MAX_FIELD = 65_536;
/** How blists shows MIME parts that it does not print. */
const ATTACHMENT = /^(?:view|download) attachment "([^"\n]{0,500})" of type "[^"\n]{0,200}" \(\d+ bytes\)[ \t]*$/gim;
const LEFT_OUT = /^Content of type "[^"\n]{0,200}" skipped[ \t]*$/gm;

type Fields = ReadonlyMap<string, string>;

/**
 * Reads what stands in the `<pre>` of a blists page, or in the text that a browser saves of it: fields, a blank line,
 * the body. Only the first block of fields counts: one further down is a part of the body. Null where there is none.
 * blists shows no In-Reply-To and no References.
 */
export function parseOpenwallMessage(shown: string): MessageFields | null {
  const { fields, body } = splitFields(shown);
  if (!fields.has('from') && !fields.has('date')) return null;
  const attachments: string[] = [];
  const text = body
    .replace(ATTACHMENT, (_line, name: string) => {
      attachments.push(name);
      return '';
    })
    .replace(LEFT_OUT, '');
  const messageId = messageIdOf(fields.get('message-id') ?? '');
  return {
    messageId,
    inReplyTo: [],
    references: [],
    from: parseMailbox(fields.get('from') ?? ''),
    to: parseMailboxes(fields.get('to') ?? ''),
    cc: parseMailboxes(fields.get('cc') ?? ''),
    date: parseMailDate(fields.get('date') ?? ''),
    subject: fields.get('subject') ?? '',
    text: bodyText(messageId === null ? text : withIds(text, [[maskedAsThere(messageId), messageId]])),
    attachments,
  };
}

/** What blists makes of an address, and of whatever looks like one. */
function maskedAsThere(id: MessageId): string {
  return id.replace(/@.{3}/, '@...');
}

/** The body without blank lines around it, one `\n` at its end; indentation of its first line stays. */
export function bodyText(body: string): string {
  const text = body.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return text === '' ? '' : `${text}\n`;
}

/**
 * Subject comes last and ends the fields even where the blank line behind it got lost (as in text that tools save).
 * Before it, a line that names no field continues the one above, indented or not (saved text may lose indentation).
 */
function splitFields(shown: string): { fields: Fields; body: string } {
  const fields = new Map<string, string>();
  let name: string | null = null;
  let at = 0;
  for (let count = 0; count < MAX_FIELD_LINES && at < shown.length; count += 1) {
    const newline = shown.indexOf('\n', at);
    const end = newline < 0 ? shown.length : newline;
    const line = shown.slice(at, end);
    const blank = line.trim() === '';
    if (blank && name !== null) break;
    const field = FIELD.exec(line);
    if (!blank && name === 'subject' && !/^[ \t]/.test(line)) break;
    if (field !== null && !fields.has(fieldName(field))) {
      name = fieldName(field);
      fields.set(name, line.slice(field[0].length, MAX_FIELD).trim());
    } else if (!blank && name !== null) {
      fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`.slice(0, MAX_FIELD).trim());
    } else if (!blank) break;
    at = end + 1;
  }
  return { fields, body: shown.slice(at) };
}

function fieldName(field: RegExpExecArray): string {
  return (field[1] ?? '').toLowerCase();
}
