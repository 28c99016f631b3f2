import { addressIn } from './address.js';
import type { Attribution, Block, QuoteSource } from './block.js';
import { withinZoneDoubt, type MailDate } from './date.js';
import { displayName, type Mailbox } from './mailbox.js';
import type { Message } from './message.js';
import { nameKey, samePerson } from './person.js';
import type { ThreadMember } from './thread.js';

/** What an attribution line may be off by: mail programs round, and clocks differ. */
const MINUTES = 2;
const DAY = 86_400_000;

/**
 * The words of a message that is not there, as far as the attribution and the thread tell whose they are. `chain` are parent, grandparent and so
 * on of the message that quotes them, ghosts included.
 */
export function namedSource(
  message: Message,
  block: Block,
  said: Attribution | null,
  chain: readonly ThreadMember[],
): QuoteSource | null {
  if (block.unclear === true || (chain.length > 0 && hidesReply(message, block, said))) return null;
  if (said !== null && isSignedBySender(message, block, said)) return null;
  const speaker = said === null ? null : mailboxOf(said);
  if (said !== null && speaker !== null && (speaker.name ?? speaker.address ?? speaker.masked) !== null) {
    const ghost = ghostOf(message, block, said, chain);
    return {
      kind: 'named',
      name: displayName(speaker),
      date: said.date ?? ghost?.date ?? null,
      messageId: said.messageId ?? ghost?.messageId ?? null,
    };
  }
  const parent = chain[0];
  if (block.depth !== 1 || parent === undefined || parent.present || parent.author === null) return null;
  return { kind: 'named', name: parent.author, date: parent.date, messageId: parent.messageId };
}

/**
 * Whether the writer's own words may stand among unmarked ones: a reply without a word of its own but a greeting, outside of what it quotes, has
 * them below a header block that no marker parts them from.
 */
function hidesReply({ text, blocks, subject }: Message, { depth, lines }: Block, said: Attribution | null): boolean {
  const first = lines.find(({ start, end }) => text.slice(start, end).trim() !== '');
  const marked =
    first === undefined || /[^\s]/u.test(text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start));
  if (depth === 0 || marked || isForwardSubject(subject)) return false;
  const prose = blocks.filter(
    ({ kind, span }) => kind === 'prose' && /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end)),
  );
  if (prose.length !== 1 || said === null) return prose.length === 0;
  return isGreeting(text.slice(prose[0]!.span.start, prose[0]!.span.end), said);
}

/** A greeting has no more words. */
const MOST_GREETING = 4;

/** Whether a line does no more than call the person that an attribution names: `Hi Ann,`. */
function isGreeting(words: string, said: Attribution): boolean {
  const called = nameKey({ name: words.replaceAll(',', ' '), address: null, masked: null }).split(' ');
  return called.length <= MOST_GREETING && nameKey(mailboxOf(said)).split(' ').includes(called.at(-1)!);
}

/**
 * Whether the sender's name stands alone on a line, as whoever signs sets it, in words that an attribution gives to somebody else: what nothing
 * parts from the sender's own is not all that person's.
 */
function isSignedBySender({ text, from }: Message, { lines }: Block, said: Attribution): boolean {
  if (samePerson(mailboxOf(said), from) !== 'no') return false;
  const sender = nameKey(from).split(' ');
  return lines.some(({ start, end }) => {
    const line = text.slice(start, Math.min(end, start + 100)).trim();
    if (line === '' || line.length > 60 || /[,:;?@]$/u.test(line) || line.split(/\s+/u).length > sender.length + 1)
      return false;
    const name = nameKey({ name: line, address: null, masked: null }).split(' ');
    return name.length <= sender.length && name.every((word) => word.length > 1 && sender.includes(word));
  });
}

function isForwardSubject(subject: string): boolean {
  return /^\s*\[?(?:fwd?|wg|tr|rv|enc|doorst|vs|vb|转发|轉寄)\s*[:：]/iu.test(subject);
}

/** The ghost that an attribution speaks of: same author and minute anywhere up the thread, else the place that the depth points at. */
function ghostOf(
  message: Message,
  block: Block,
  said: Attribution,
  chain: readonly ThreadMember[],
): ThreadMember | null {
  const ghosts = chain.filter((member) => !member.present && memberFit(said, member) !== 'no');
  const moment = ghosts.find(({ author, date }) => author !== null && sameMoment(said, date));
  if (moment !== undefined) return moment;
  const place = chain[block.depth - 1];
  if (place === undefined || place.present || memberFit(said, place) === 'no' || !datesAgree(said.date, place.date))
    return null;
  return block.depth === 1 || outerLevelsFit(message, block, chain) ? place : null;
}

/** Whether every shallower level of quoting is attributed to one person, the member of the chain at that level. */
function outerLevelsFit(message: Message, block: Block, chain: readonly ThreadMember[]): boolean {
  for (let depth = 1; depth < block.depth; depth++) {
    const member = chain[depth - 1];
    if (member === undefined) return false;
    const lines = message.blocks.filter((other) => other.attribution !== undefined && other.depth === depth - 1);
    if (lines.length !== 1 || memberFit(lines[0]!.attribution!, member) === 'no') return false;
  }
  return true;
}

function memberFit(said: Attribution, member: ThreadMember): 'yes' | 'no' | 'unknown' {
  if (member.author === null) return 'unknown';
  return samePerson(mailboxOf(said), { name: member.author, address: null, masked: null });
}

/** Attribution lines often give the day alone, which is read as its midnight. */
function datesAgree(said: MailDate | null, known: MailDate | null): boolean {
  if (said === null || known === null || withinZoneDoubt(said, known, MINUTES)) return true;
  return said.instant % DAY === 0 && Math.abs(said.instant - known.instant) < 1.5 * DAY;
}

/** Whether an attribution line gives the time of a message. */
export function sameMoment(said: Attribution | null, date: MailDate | null): boolean {
  return said?.date != null && date !== null && withinZoneDoubt(said.date, date, MINUTES);
}

/** Whom an attribution line names. */
export function mailboxOf(said: Attribution): Mailbox {
  const shown = said.address === null ? null : addressIn(said.address);
  return { name: said.name, address: shown?.address ?? null, masked: shown?.masked ?? null };
}
