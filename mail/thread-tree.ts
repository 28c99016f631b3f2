import type { MailDate } from './date.js';
import type { MessageId } from './message-id.js';
import { byDateThenId } from './thread-node.js';
import type { Links } from './thread-parents.js';
import type { Thread, ThreadMember } from './thread.js';

/** A member before it has its place. */
export type Unplaced = Pick<ThreadMember, 'messageId' | 'present' | 'author' | 'date' | 'subject'>;

/**
 * Cuts every cycle of `links` at its weakest link (ties: at its oldest member, which becomes the root). Each message has
 * one link, so that a component has one cycle at most.
 */
export function cutCycles(links: Links, memberOf: (id: MessageId) => Unplaced): void {
  const walked = new Map<MessageId, number>();
  let walk = 0;
  for (const start of links.keys()) {
    walk += 1;
    let at: MessageId | undefined = start;
    while (at !== undefined && !walked.has(at)) {
      walked.set(at, walk);
      at = links.get(at)?.parent;
    }
    if (at !== undefined && walked.get(at) === walk) links.delete(weakest(cycleThrough(at, links), links, memberOf));
  }
}

function cycleThrough(start: MessageId, links: Links): MessageId[] {
  const cycle = [start];
  for (let at = links.get(start)?.parent; at !== undefined && at !== start; at = links.get(at)?.parent) cycle.push(at);
  return cycle;
}

function weakest(cycle: readonly MessageId[], links: Links, memberOf: (id: MessageId) => Unplaced): MessageId {
  const evidence = (id: MessageId): number => links.get(id)?.evidence ?? Infinity;
  return cycle.reduce((best, id) => {
    if (evidence(id) !== evidence(best)) return evidence(id) < evidence(best) ? id : best;
    return byDateThenId(memberOf(id), memberOf(best)) < 0 ? id : best;
  });
}

/** Lays acyclic links out as flat threads in reading order, the threads by the date of their first message. */
export function layOut(members: ReadonlyMap<MessageId, Unplaced>, links: Links): Thread[] {
  const children = new Map<MessageId, Unplaced[]>();
  const roots: Unplaced[] = [];
  for (const member of members.values()) {
    const parent = links.get(member.messageId)?.parent;
    if (parent === undefined) roots.push(member);
    else {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [member]);
      else siblings.push(member);
    }
  }
  const dates = datesBySubtree(roots, children);
  const order: Order = (a, b) =>
    byDateThenId({ ...a, date: dates.get(a.messageId) ?? null }, { ...b, date: dates.get(b.messageId) ?? null });
  for (const siblings of children.values()) siblings.sort(order);
  return roots.sort(order).map((root) => threadBelow(root, children));
}

type Children = ReadonlyMap<MessageId, readonly Unplaced[]>;
type Order = (a: Unplaced, b: Unplaced) => number;

/** A ghost without a date stands where the oldest message below it would. */
function datesBySubtree(roots: readonly Unplaced[], children: Children): ReadonlyMap<MessageId, MailDate | null> {
  const walk = [...roots];
  for (let at = 0; at < walk.length; at += 1) {
    for (const child of children.get(walk[at]?.messageId ?? ('' as MessageId)) ?? []) walk.push(child);
  }
  const dates = new Map<MessageId, MailDate | null>();
  for (const { messageId, date } of walk.reverse()) {
    const below = (children.get(messageId) ?? []).map((child) => dates.get(child.messageId) ?? null);
    dates.set(messageId, date ?? below.reduce(older, null));
  }
  return dates;
}

function older(a: MailDate | null, b: MailDate | null): MailDate | null {
  return a === null || (b !== null && b.instant < a.instant) ? b : a;
}

/** Depth first, without recursion: threads can be 100,000 replies deep. */
function threadBelow(root: Unplaced, children: Children): Thread {
  const members: ThreadMember[] = [];
  const open: ThreadMember[] = [{ ...root, parentId: null, depth: 0 }];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    members.push(member);
    const { messageId, depth } = member;
    for (const child of [...(children.get(messageId) ?? [])].reverse())
      open.push({ ...child, parentId: messageId, depth: depth + 1 });
  }
  return { rootId: root.messageId, members };
}
