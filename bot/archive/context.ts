import type { Permalink } from '../../answer/answer.js';
import { permalinksOf } from '../../answer/compose.js';
import type { Library, LibraryMessage } from '../../index/library.js';
import type { MailDate } from '../../mail/date.js';
import { displayName } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import { ownText } from '../../mail/own.js';
import type { Span } from '../../mail/span.js';

/** A quote where it stands: the lines around it, and the message that it replies to. */
export interface PassageContext {
  readonly messageId: MessageId;
  readonly author: string;
  readonly date: MailDate | null;
  readonly subject: string;
  readonly permalinks: readonly Permalink[];
  /** Verbatim lines of the message before the quote, quote markers included; empty at its beginning. */
  readonly before: string;
  /** The quote's own lines, quote markers included. */
  readonly passage: string;
  readonly after: string;
  /** Null for the message that opens the thread. */
  readonly parent: {
    readonly messageId: MessageId;
    /** False where the archive does not hold it. */
    readonly present: boolean;
    readonly author: string | null;
    readonly date: MailDate | null;
    readonly excerpt: string;
  } | null;
}

/** So much is shown on each side, and of a message's beginning. */
const sideLength = 900;
const excerptLength = 500;

/** A passage with what surrounds it; null where its message is gone, or changed so that the words do not stand there any more. */
export function passageInContext(
  library: Library,
  id: MessageId,
  spans: readonly Span[],
  words: string,
): PassageContext | null {
  const message = library.message(id);
  if (message === null) return null;
  const place = placeOf(message, spans, words);
  if (place === null) return null;
  const { text } = message;
  return {
    messageId: id,
    author: displayName(message.from),
    date: message.date,
    subject: message.subject,
    permalinks: permalinksOf(message),
    before: lastLines(text.slice(0, place.start)),
    passage: text.slice(place.start, place.end),
    after: firstLines(text.slice(place.end)),
    parent: parentOf(library, message),
  };
}

/** The lines that a quote's spans reach over; where the text was decoded differently since, where its words stand now. */
function placeOf({ text }: LibraryMessage, spans: readonly Span[], words: string): Span | null {
  const cut = spans.map(({ start, end }) => text.slice(start, end)).join('\n');
  const found = text.indexOf(words);
  const place =
    cut === words
      ? { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) }
      : { start: found, end: found + words.length };
  if (place.start < 0 || words === '') return null;
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const lineEnd = text.indexOf('\n', place.end);
  return { start: place.start === 0 ? 0 : lineStart, end: lineEnd < 0 ? text.length : lineEnd };
}

function parentOf(library: Library, { messageId, parentId }: LibraryMessage): PassageContext['parent'] {
  if (parentId === null) return null;
  const parent = library.message(parentId);
  if (parent !== null) {
    const { from, date } = parent;
    return {
      messageId: parentId,
      present: true,
      author: displayName(from),
      date,
      excerpt: excerptOf(library, parentId),
    };
  }
  const member = library.thread(messageId)?.members.find((each) => each.messageId === parentId);
  return {
    messageId: parentId,
    present: false,
    author: member?.author ?? null,
    date: member?.date ?? null,
    excerpt: '',
  };
}

/** The beginning of what a message's author wrote; empty where the archive does not hold it. */
export function excerptOf(library: Pick<Library, 'message'>, id: MessageId): string {
  const message = library.message(id);
  return message === null ? '' : firstLines(ownText(message).trim(), excerptLength);
}

function firstLines(text: string, most = sideLength): string {
  if (text.length <= most) return text.trimEnd();
  const cut = text.slice(0, most);
  const end = cut.lastIndexOf('\n');
  return `${(end > most / 2 ? cut.slice(0, end) : cut).trimEnd()}\n[…]`;
}

function lastLines(text: string): string {
  if (text.length <= sideLength) return text.trimStart();
  const cut = text.slice(-sideLength);
  const start = cut.indexOf('\n');
  return `[…]\n${(start >= 0 && start < sideLength / 2 ? cut.slice(start + 1) : cut).trimStart()}`;
}
