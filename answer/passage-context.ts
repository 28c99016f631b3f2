import type { Library, LibraryMessage } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import { displayName } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import { textAt, type Span } from '../mail/span.js';
import type { Permalink, Quote } from './answer.js';
import { permalinksOf } from './quote/compose.js';
import { excerptOf, firstLines, lastLines } from './excerpt.js';
import { linesOf } from './quote/lines.js';
import { isWithin } from './quote/verify.js';
import { wordsOf } from './words.js';

/** A quote where it stands: the lines around it, and the message that it replies to. */
export interface PassageContext {
  readonly messageId: MessageId;
  readonly author: string;
  readonly date: MailDate | null;
  readonly permalinks: readonly Permalink[];
  readonly words: PassageWords;
  /** Null for the message that opens the thread. */
  readonly parent: {
    readonly messageId: MessageId;
    readonly author: string | null;
    readonly date: MailDate | null;
    /** The beginning of what its author wrote. */
    readonly words: { readonly kind: 'whole'; readonly excerpt: string } | { readonly kind: 'damaged' | 'absent' };
  } | null;
}

export type PassageWords =
  | {
      readonly kind: 'whole';
      readonly subject: string;
      /** Lines of the message before the quote, quote markers included; empty at its beginning. */
      readonly before: string;
      /** The quote's own lines, quote markers included. */
      readonly passage: string;
      readonly after: string;
    }
  | { readonly kind: 'damaged' };

/** What the context of a quote is looked up by. */
export type QuotePlace = Pick<Quote, 'text' | 'spans' | 'messageId' | 'quotedBy'>;

/** A quote with what surrounds it; null where its message is gone, or changed so that its speaker does not say the words there any more. */
export function passageInContext(library: Library, quote: QuotePlace): PassageContext | null {
  const id = quote.quotedBy?.messageId ?? quote.messageId;
  const message = id === null ? null : library.message(id);
  const words = message === null ? null : wordsAround(message, quote);
  if (message === null || words === null) return null;
  return {
    messageId: message.messageId,
    author: displayName(message.from),
    date: message.date,
    permalinks: permalinksOf(message),
    words,
    parent: parentOf(library, message),
  };
}

function wordsAround(message: LibraryMessage, quote: QuotePlace): PassageWords | null {
  const words = wordsOf(message);
  if (words.kind === 'damaged') return words;
  const place = placeOf(message, quote);
  if (place === null) return null;
  return {
    kind: 'whole',
    subject: words.subject,
    before: lastLines(standing(message, { start: 0, end: place.start })),
    passage: standing(message, place),
    after: firstLines(standing(message, { start: place.end, end: message.text.length })),
  };
}

/** The whole lines that a quote reaches over; where the text was decoded differently since, those where its words stand now. */
function placeOf(message: LibraryMessage, { text: words, spans, quotedBy }: QuotePlace): Span | null {
  const { text } = message;
  // Whom a quotation is from may be known better by now: any quoted line will do.
  const lines =
    quotedBy === null
      ? linesOf(message, { kind: 'own' })
      : message.blocks.filter(({ depth }) => depth > 0).flatMap((block) => block.lines);
  const said = textAt(text, spans) === words ? spans : linesFrom(text.indexOf(words), words);
  const [first, last] = [said[0], said.at(-1)];
  if (words === '' || first === undefined || last === undefined || !isWithin(said, lines)) return null;
  const end = text.indexOf('\n', last.end);
  const start = first.start === 0 ? 0 : text.lastIndexOf('\n', first.start - 1) + 1;
  return { start, end: end < 0 ? text.length : end };
}

/** A span for each line of `words`, the first at `start`; none where that is not in the text. */
function linesFrom(start: number, words: string): Span[] {
  if (start < 0) return [];
  let next = start;
  return words.split('\n').map((line) => {
    const span = { start: next, end: next + line.length };
    next = span.end + 1;
    return span;
  });
}

/** Lines as they stand, but for what repeats somebody else without a marker: it gets one, or it would read as the author's. */
function standing({ text, blocks }: LibraryMessage, { start, end }: Span): string {
  const quoted = blocks.filter(({ kind }) => kind === 'quote').flatMap(({ lines }) => lines);
  const unmarked = new Set(quoted.filter((line) => line.start < line.end).map((line) => line.start));
  return linesFrom(start, text.slice(start, end))
    .map((line) => `${unmarked.has(line.start) ? '> ' : ''}${text.slice(line.start, line.end)}`)
    .join('\n');
}

function parentOf(library: Library, { messageId, parentId }: LibraryMessage): PassageContext['parent'] {
  if (parentId === null) return null;
  const parent = library.message(parentId);
  if (parent !== null) {
    const excerpt = excerptOf(parent);
    const words = excerpt === null ? { kind: 'damaged' as const } : { kind: 'whole' as const, excerpt };
    return { messageId: parentId, author: displayName(parent.from), date: parent.date, words };
  }
  const member = library.thread(messageId)?.members.find((each) => each.messageId === parentId);
  const { author = null, date = null } = member ?? {};
  return { messageId: parentId, author, date, words: { kind: 'absent' } };
}
