import type { MailDate } from '../mail/date.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import type { Message } from '../mail/message.js';
import { nameKey } from '../mail/person.js';
import { textAt } from '../mail/span.js';
import type { ThreadMember } from '../mail/thread.js';
import type { PassageDraft, PassageFields } from '../index/passage.js';
import { FEW_WORDS, MOST_WORDS, QUOTED_WORDS } from './passages.js';
import { lastWords, packed, paragraphsOf, type Stretch } from './paragraphs.js';
import { quotationsOf, type Quotation } from './quotations.js';

/** What is needed of a thread to recover the words of its missing messages. */
export interface RecoveryContext {
  /** The thread's places by Message-ID. */
  readonly members: ReadonlyMap<MessageId, ThreadMember>;
  /** Subject, parent and opening of a missing message (null: its id is not known) that `holder` quotes. */
  around(id: MessageId | null, holder: Message): Pick<PassageFields, 'subject' | 'parent' | 'opening'>;
  /** The address of the person that an attribution names, repaired where the archive masks it. */
  mailbox(name: string, address: string | null): Mailbox;
}

/** A quotation with its paragraphs: letters and digits of each, for comparing. */
interface Candidate {
  readonly quotation: Quotation;
  readonly messageId: MessageId | null;
  readonly paragraphs: readonly { readonly stretch: Stretch; readonly normal: string }[];
  readonly words: number;
}

/** Shorter quotations ("Yes.", "Hi Ann,") say nothing without what was cut from around them. */
const LEAST_WORDS = 4;
/** Paragraphs below this are too common to tell one message from another. */
const TELLING_WORDS = 6;
/** Beyond this, words are compared by whole paragraphs alone, so that huge threads stay linear. */
const MOST_COMPARED = 200_000;

/**
 * Passages of messages that are missing, made of what replies quote of them, by the Message-ID of the reply that holds them. The same words
 * in several replies are one passage, held by the reply that has the most of them, the earliest among equals. Order-independent.
 */
export function recoverPassages(
  messages: readonly Message[],
  context: RecoveryContext,
): Map<MessageId, PassageDraft[]> {
  const people = new Map<string, Quotation[]>();
  for (const message of messages) {
    for (const quotation of quotationsOf(message, context.members)) {
      const person = nameKey({ name: quotation.source.name, address: null, masked: null });
      const known = people.get(person);
      if (known === undefined) people.set(person, [quotation]);
      else known.push(quotation);
    }
  }
  const passages = new Map<MessageId, PassageDraft[]>();
  for (const quotations of people.values()) {
    for (const candidate of withoutRepeats(candidatesOf(quotations))) {
      const { messageId } = candidate.quotation.holder;
      passages.set(messageId, [...(passages.get(messageId) ?? []), ...drafts(candidate, context)]);
    }
  }
  for (const list of passages.values()) list.sort((a, b) => (a.spans[0]?.start ?? 0) - (b.spans[0]?.start ?? 0));
  return passages;
}

function candidatesOf(quotations: readonly Quotation[]): Candidate[] {
  const split = quotations.map((quotation) => {
    const { text } = quotation.holder;
    const paragraphs = paragraphsOf(text, quotation.lines).map((stretch) => ({
      stretch,
      normal: normalised(textAt(text, stretch.spans)),
    }));
    return { quotation, paragraphs, words: paragraphs.reduce((sum, { stretch }) => sum + stretch.words, 0) };
  });
  const ids = new Map<string, MessageId>();
  for (const { quotation, paragraphs } of split) {
    const id = quotation.source.messageId;
    if (id === null) continue;
    for (const { normal, stretch } of paragraphs) {
      const known = ids.get(normal);
      if (stretch.words >= TELLING_WORDS && (known === undefined || id < known)) ids.set(normal, id);
    }
  }
  return split
    .filter(({ words, quotation }) => words >= LEAST_WORDS && !greetsSpeaker(quotation))
    .map((candidate) => ({
      ...candidate,
      messageId: candidate.quotation.source.messageId ?? firstKnown(candidate.paragraphs, ids),
    }))
    .sort(byFullness);
}

/** A greeting has no more words. */
const MOST_GREETING = 5;

/** Whether a quotation begins with a line that ends in the name of whom it is credited to: `Hi Ann,`. Nobody greets themselves. */
function greetsSpeaker({ holder, source, lines }: Quotation): boolean {
  const filled = lines.filter((line) => line !== null && holder.text.slice(line.start, line.end).trim() !== '');
  const [first, next] = filled.map((line) => holder.text.slice(line!.start, line!.end).trim());
  if (first === undefined || next === undefined || first.length > 80) return false;
  const words = nameKey({ name: first.replaceAll(',', ' '), address: null, masked: null }).split(' ');
  const named = nameKey({ name: source.name, address: null, masked: null }).split(' ');
  const others = words.filter((word) => !named.includes(word));
  return words.length <= MOST_GREETING && others.length > 0 && words[0] === others[0] && named.includes(words.at(-1)!);
}

/** The id that another reply's references give to the same words. */
function firstKnown(paragraphs: Candidate['paragraphs'], ids: ReadonlyMap<string, MessageId>): MessageId | null {
  for (const { normal } of paragraphs) {
    const id = ids.get(normal);
    if (id !== undefined) return id;
  }
  return null;
}

/** Most words first, then the earliest reply. */
function byFullness(a: Candidate, b: Candidate): number {
  const when = (candidate: Candidate): number => candidate.quotation.holder.date?.instant ?? Infinity;
  if (a.words !== b.words) return b.words - a.words;
  if (when(a) !== when(b)) return when(a) < when(b) ? -1 : 1;
  const [left, right] = [a.quotation.holder.messageId, b.quotation.holder.messageId];
  if (left !== right) return left < right ? -1 : 1;
  return a.quotation.at - b.quotation.at;
}

/** Leaves of each candidate the paragraphs that no candidate before it holds. */
function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  const seen = new Set<string>();
  let compared = ' ';
  for (const candidate of candidates) {
    const fresh = candidate.paragraphs.filter(
      ({ normal }) => normal !== '' && !seen.has(normal) && !compared.includes(` ${normal} `),
    );
    const words = fresh.reduce((sum, { stretch }) => sum + stretch.words, 0);
    for (const { normal } of fresh) seen.add(normal);
    if (words < LEAST_WORDS) continue;
    if (compared.length < MOST_COMPARED) compared += `${fresh.map(({ normal }) => normal).join(' ')} `;
    kept.push({ ...candidate, paragraphs: fresh, words });
  }
  return kept;
}

function drafts(candidate: Candidate, context: RecoveryContext): PassageDraft[] {
  const { quotation, messageId } = candidate;
  const { holder, source, attribution } = quotation;
  const ghost = messageId === null ? undefined : context.members.get(messageId);
  const speaker = context.mailbox(source.name, attribution?.address ?? null);
  const saidAt = saidWhen(source.date ?? attribution?.date ?? null, ghost?.date ?? null);
  const around = context.around(messageId, holder);
  const quoted = lastWords(textAt(holder.text, quotation.deeper), QUOTED_WORDS);
  const stretches = packed(
    candidate.paragraphs.map(({ stretch }) => stretch),
    MOST_WORDS,
    FEW_WORDS,
  );
  return stretches.map(({ spans }) => ({
    messageId: holder.messageId,
    kind: 'recovered',
    speaker,
    saidAt,
    sourceId: messageId,
    spans,
    fields: { own: textAt(holder.text, spans), quoted, ...around },
  }));
}

/** Zones are whole quarters of an hour, at most 14 hours from UTC. */
const QUARTER = 15 * 60_000;
const FARTHEST = 14 * 60;

/**
 * The instant from a thread overview (UTC, exact) with the zone that an attribution line's wall clock implies: `Jan 30, 2019 at 8:17 PM` of a
 * message sent at 2019-01-31T04:16Z was written at -08:00. Where they do not fit within a zone, the overview is right.
 */
export function saidWhen(attributed: MailDate | null, sighted: MailDate | null): MailDate | null {
  if (sighted === null) return attributed;
  if (attributed === null) return sighted;
  if (attributed.offset !== null) return { instant: sighted.instant, offset: attributed.offset };
  const offset = (Math.round((attributed.instant - sighted.instant) / QUARTER) * QUARTER) / 60_000;
  return Math.abs(offset) <= FARTHEST ? { instant: sighted.instant, offset } : sighted;
}

/** Letters and digits in lower case, a space between words: what rewrapping and lost markers leave alone. */
function normalised(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
