import type { MailDate } from '../mail/date.js';
import type { Mailbox } from '../mail/mailbox.js';
import { isMinted, type MessageId } from '../mail/message-id.js';
import type { Message, Origin } from '../mail/message.js';
import { countMasks } from './similarity.js';

/**
 * Orders by which copies of a message are compared, part by part: negative where `a` is better. Each looks at the part's
 * value alone and ends in a comparison of the values themselves, so that merging is commutative, associative and
 * idempotent: whatever the order in which copies arrive, the best part wins.
 */
export type Order<T> = (a: T, b: T) => number;

/** The better of two values. */
export function better<T>(order: Order<T>, a: T, b: T): T {
  return order(a, b) <= 0 ? a : b;
}

/** Compares by several numbers, smaller first, then by content. */
function ranked<T>(...ranks: readonly ((value: T) => number)[]): Order<T> {
  return (a, b) => {
    for (const rank of ranks) {
      const [one, other] = [rank(a), rank(b)];
      if (one !== other) return one < other ? -1 : 1;
    }
    return byContent(a, b);
  };
}

function byContent(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const [one, other] = [JSON.stringify(a) ?? '', JSON.stringify(b) ?? ''];
  return one < other ? -1 : Number(one > other);
}

/** Real before minted. */
export const messageId: Order<MessageId> = ranked((id) => Number(isMinted(id)));

/** Fewer masked addresses, then more text (a cut copy is shorter), then more lines (pages fold blanks). */
export const text: Order<string> = (a, b) => (a === b ? 0 : unequalText(a, b));
const unequalText: Order<string> = ranked(
  countMasks,
  (value) => -wordLength(value),
  (value) => -value.length,
);

function wordLength(value: string): number {
  return value.replace(/\s+/gu, '').length;
}

/** Longer, since archives leave things out (Patchwork drops `PATCH`) and cut. */
export const subject: Order<string> = ranked(
  (value) => damage(value),
  (value) => -value.replace(/\s+/gu, ' ').length,
);

/** Characters that stand for lost ones. */
function damage(value: string): number {
  return value.match(/\ufffd|\?\?/gu)?.length ?? 0;
}

/** One id says what is answered; several are what old clients' prose yields. */
export const inReplyTo: Order<readonly MessageId[]> = ranked(
  (ids) => Number(ids.length === 0),
  (ids) => ids.length,
);

export const longer: Order<readonly unknown[]> = ranked((values) => -values.length);

/** More whole addresses, then more of them at all. */
export const mailboxes: Order<readonly Mailbox[]> = ranked(
  (values) => -values.filter(({ address }) => address !== null).length,
  (values) => -values.length,
  (values) => -values.filter(({ name }) => name !== null).length,
);

/**
 * A named zone, then seconds, then a zone that is the writer's own (pages show UTC), then the earlier one: of two that
 * differ by an hour, hypermail's EST in summer is the later. A feed's time of arrival has neither zone nor seconds.
 */
export const date: Order<MailDate | null> = ranked(
  (value) => Number(value === null),
  (value) => Number(value?.offset === null),
  (value) => Number((value?.instant ?? 0) % 60_000 === 0),
  (value) => Number(value?.offset === 0),
  (value) => value?.instant ?? 0,
);

const name: Order<string | null> = ranked(
  (value) => Number(value === null),
  (value) => damage(value ?? ''),
  (value) => -(value ?? '').length,
);

const present: Order<string | null> = ranked((value) => Number(value === null));

/** One person's name and address from two copies; what masks a known address is forgotten. */
export function joinMailboxes(a: Mailbox, b: Mailbox): Mailbox {
  const address = better(present, a.address, b.address);
  return {
    name: better(name, a.name, b.name),
    address,
    masked: address === null ? better(present, a.masked, b.masked) : null,
  };
}

/** All places, each once, in an order of their own. A place is a page, or a source and list: offsets in it may move. */
export function joinOrigins(a: readonly Origin[], b: readonly Origin[]): readonly Origin[] {
  const byPlace = new Map<string, Origin>();
  for (const origin of [...a, ...b]) {
    const place = JSON.stringify([origin.source, origin.list, origin.permalink ?? '']);
    const held = byPlace.get(place);
    byPlace.set(place, held === undefined ? origin : better(byLocator, held, origin));
  }
  return [...byPlace].sort(([one], [other]) => byContent(one, other)).map(([, origin]) => origin);
}

const byLocator: Order<Origin> = ranked(({ locator }) => locator.length);

/** The message that was sent first. */
export const earlier: Order<Message> = (a, b) =>
  (a.date?.instant ?? Infinity) === (b.date?.instant ?? Infinity)
    ? byContent(a.contentHash, b.contentHash)
    : (a.date?.instant ?? Infinity) - (b.date?.instant ?? Infinity);
