import type { Library, LibraryMessage } from '../../index/library.js';
import { assertNever } from '../../mail/assert-never.js';
import type { MailDate } from '../../mail/date.js';
import { inBodyAuthor } from '../../mail/label.js';
import { displayName, type Mailbox } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import { textAt, type Span } from '../../mail/span.js';
import type { Quote, StatusNote } from '../answer.js';
import { linesOf, type Voice } from './lines.js';
import { personKey } from '../question/person.js';
import { isIntact } from '../words.js';

/** A quote before the gate. */
export interface QuoteDraft {
  readonly quote: Omit<Quote, 'verified'>;
  /** The message whose text holds the words. */
  readonly holderId: MessageId;
  readonly voice: Voice;
}

/** Why a quote was not shown. */
export type Rejection =
  'message-gone' | 'text-differs' | 'not-the-speakers-words' | 'wrong-speaker' | 'store-damaged' | 'wrong-source';

export type Verdict =
  { readonly kind: 'verified'; readonly quote: Quote } | { readonly kind: 'rejected'; readonly reason: Rejection };

/**
 * The gate: the only place that makes a `Quote`. Loads the message that holds the words again, and lets the quote through only where the
 * spans give its text to the byte, the message's labels give every one of these lines to the speaker, and the speaker is whom the message
 * (or the attribution line over the quoted words) names, the message is what was stored (its content still has the hash that it came with),
 * and subject and date are the message's.
 * Status notes that do not stand in their message are left out.
 */
export function verifyQuote(library: Pick<Library, 'message' | 'patchStates'>, draft: QuoteDraft): Verdict {
  const { quote } = draft;
  const message = library.message(draft.holderId);
  const reason = message === null ? 'message-gone' : objection(message, draft);
  if (reason !== null) return { kind: 'rejected', reason };
  const status = quote.status.filter((note) => noteStands(library, note));
  return { kind: 'verified', quote: { ...quote, status, verified: true } };
}

/** Checks a quote that was let through before: the archive may have changed since. */
export function verifyAgain(library: Pick<Library, 'message' | 'patchStates'>, quote: Quote): Verdict {
  const { quotedBy, messageId, speaker } = quote;
  const holderId = quotedBy?.messageId ?? messageId;
  if (holderId === null) return { kind: 'rejected', reason: 'message-gone' };
  return verifyQuote(library, {
    quote,
    holderId,
    voice: { kind: quotedBy === null ? 'own' : 'recovered', speaker },
  });
}

function objection(message: LibraryMessage, { quote, voice }: QuoteDraft): Rejection | null {
  if (quote.text === '' || textAt(message.text, quote.spans) !== quote.text) return 'text-differs';
  if (!speaksFor(message, voice, quote)) return 'wrong-speaker';
  if (!isWithin(quote.spans, linesOf(message, voice))) return 'not-the-speakers-words';
  if (!isIntact(message)) return 'store-damaged';
  return isSourced(message, voice, quote) ? null : 'wrong-source';
}

/** Whether subject and date are the message's; for recovered words the date of the reply, since only an attribution line tells theirs. */
function isSourced(message: LibraryMessage, voice: Voice, { subject, saidAt, quotedBy }: QuoteDraft['quote']): boolean {
  if (voice.kind === 'recovered') return isSameDate(quotedBy?.at ?? null, message.date);
  return subject === message.subject && isSameDate(saidAt, message.date);
}

function isSameDate(one: MailDate | null, other: MailDate | null): boolean {
  return one?.instant === other?.instant && one?.offset === other?.offset;
}

/** Every span lies within one line. */
export function isWithin(spans: readonly Span[], lines: readonly Span[]): boolean {
  let next = 0;
  return spans.every((span) => {
    while (next < lines.length && (lines[next]?.end ?? 0) < span.end) next += 1;
    const line = lines[next];
    return line !== undefined && line.start <= span.start && span.end <= line.end;
  });
}

function speaksFor(
  message: LibraryMessage,
  voice: Voice,
  { speaker, messageId, quotedBy }: QuoteDraft['quote'],
): boolean {
  switch (voice.kind) {
    case 'own':
      return messageId === message.messageId && quotedBy === null && isAuthor(message, speaker);
    case 'recovered':
      return quotedBy?.messageId === message.messageId && personKey(voice.speaker) === personKey(speaker);
    default:
      return assertNever(voice);
  }
}

/** Whether a message names someone as its author: in From, or in the body's first line, as a patch that was sent on for somebody does. */
function isAuthor(message: LibraryMessage, speaker: string): boolean {
  const named = inBodyAuthor(message.text);
  const authors: Mailbox[] = [message.from, ...(named === null ? [] : [{ ...named, masked: null }])];
  return authors.some((author) => personKey(displayName(author)) === personKey(speaker));
}

/** Whether the words of a note stand, unquoted, in the message that it names; of `tracked`, whether a tracker says so of that message. */
function noteStands(library: Pick<Library, 'message' | 'patchStates'>, note: StatusNote): boolean {
  if (note.kind === 'tracked') {
    const page = note.permalinks[0]?.url ?? null;
    return library
      .patchStates(note.messageId)
      .some(({ state, permalink }) => state === note.text && permalink === page);
  }
  const message = library.message(note.messageId);
  if (message === null || !isIntact(message)) return false;
  if (note.kind === 'superseded') return message.subject === note.text;
  return message.blocks.some(({ kind, depth, span }) => {
    if (depth > 0 || (kind !== 'prose' && kind !== 'trailer')) return false;
    return message.text.slice(span.start, span.end).includes(note.text);
  });
}
