import { contentHash } from '../mail/content-hash.js';
import { withinZoneDoubt, type MailDate } from '../mail/date.js';
import { isMinted } from '../mail/message-id.js';
import type { Message } from '../mail/message.js';
import { samePerson } from '../mail/person.js';
import { normaliseSubject } from '../mail/subject.js';
import { better, type Order } from './better.js';
import * as orders from './better.js';
import { similarity } from './similarity.js';

const MINUTE = 60_000;

/** Copies that share author, minute and subject: footers, cut lines and lost attachments leave them this alike. */
const ALIKE = 0.6;
/** What bodies must be where other evidence is in doubt. */
const NEARLY_IDENTICAL = 0.9;
/** Two bodies under one Message-ID that are less alike are two messages. */
const UNLIKE = 0.4;

/**
 * Whether two messages are copies of one. With one Message-ID they are, unless they conflict; with two real ones they
 * are not. Where one is minted, author, moment, subject and body decide, each with the damage that archives do: masked
 * addresses, missing zones, hypermail's EST in summer, cut subjects, footers. What is in doubt needs nearly identical bodies.
 */
export function sameMessage(a: Message, b: Message): boolean {
  if (a.messageId === b.messageId) return !isConflict(a, b);
  if (!isMinted(a.messageId) && !isMinted(b.messageId)) return false;
  if (a.contentHash === b.contentHash) return true;
  const evidence = [authors(a, b), moments(a.date, b.date), subjects(a.subject, b.subject)];
  if (evidence.includes('no')) return false;
  return similarity(a.text, b.text) >= (evidence.includes('doubtful') ? NEARLY_IDENTICAL : ALIKE);
}

/** Whether two messages share a Message-ID and nothing else: different people, or bodies that have little in common. */
export function isConflict(a: Message, b: Message): boolean {
  if (a.messageId !== b.messageId || a.contentHash === b.contentHash) return false;
  if (samePerson(a.from, b.from) === 'no') return true;
  return a.text.trim() !== '' && b.text.trim() !== '' && similarity(a.text, b.text) < UNLIKE;
}

type Evidence = 'yes' | 'doubtful' | 'no';

function authors(a: Message, b: Message): Evidence {
  const same = samePerson(a.from, b.from);
  return same === 'unknown' ? 'doubtful' : same;
}

function moments(a: MailDate | null, b: MailDate | null): Evidence {
  if (a === null || b === null) return 'doubtful';
  const apart = Math.abs(a.instant - b.instant);
  if (apart <= MINUTE) return 'yes';
  // lkml.iu.edu writes EST all year round.
  const hourOff = Math.abs(apart - 60 * MINUTE) <= MINUTE;
  return hourOff || withinZoneDoubt(a, b, 1) ? 'doubtful' : 'no';
}

function subjects(a: string, b: string): Evidence {
  const [one, other] = [normaliseSubject(a), normaliseSubject(b)];
  if (one === other) return 'yes';
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.length >= 20 && longer.startsWith(shorter) ? 'doubtful' : 'no';
}

/**
 * Makes one message of two copies: each part is taken from the copy that has it better, so that the order in which
 * copies arrive changes nothing. Real Message-IDs beat minted ones, whole addresses masked ones, and the text is that
 * of one copy, whole: the one with fewer masked addresses, else the longer. Conflicting messages are never blended: the
 * earlier one is returned as it is.
 */
export function mergeMessages(a: Message, b: Message): Message {
  if (isConflict(a, b)) return orders.earlier(a, b) <= 0 ? a : b;
  const best = <K extends keyof Message>(key: K, order: Order<Message[K]>): Message[K] => better(order, a[key], b[key]);
  const text = best('text', orders.text);
  const parts = {
    messageId: best('messageId', orders.messageId),
    inReplyTo: best('inReplyTo', orders.inReplyTo),
    references: best('references', orders.longer),
    from: orders.joinMailboxes(a.from, b.from),
    to: best('to', orders.mailboxes),
    cc: best('cc', orders.mailboxes),
    date: best('date', orders.date),
    subject: best('subject', orders.subject),
    text,
    attachments: best('attachments', orders.longer),
    origins: orders.joinOrigins(a.origins, b.origins),
    robot: a.robot || b.robot,
  };
  const labelled = text === a.text ? a : b;
  return {
    ...parts,
    contentHash: contentHash(parts),
    // Labelling is work, and not every reader of a message asks for it.
    get blocks() {
      return labelled.blocks;
    },
  };
}
