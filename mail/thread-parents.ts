import type { MessageId } from './message-id.js';
import { isReplySubject } from './subject.js';
import type { PlacedSighting, ThreadNode } from './thread-node.js';

/** How sure a place is; the weakest link of a cycle is the one that is cut. */
export const EVIDENCE = { subject: 0, series: 1, chain: 2, overview: 3, header: 4 } as const;

export interface Link {
  readonly parent: MessageId;
  readonly evidence: number;
}

export type Links = Map<MessageId, Link>;

/** More references than this come from no conversation; the first (the root) and the latest are kept. */
const MAX_REFERENCES = 1000;

/** What is known apart from the headers of one message. */
export interface Known {
  /** Whether a message or a sighting of this id is there. */
  has(id: MessageId): boolean;
}

/**
 * The message that a node answers, by its headers. In-Reply-To is taken before the last of References, as public-inbox
 * and notmuch do: clients that cut or reorder References keep In-Reply-To right. It loses where it names several ids
 * (old clients put addresses there) or one that is not known while the last reference is.
 */
export function headerParent(node: ThreadNode, known: Known): MessageId | null {
  const references = referencesOf(node);
  const last = references.at(-1) ?? null;
  const answered = node.inReplyTo.filter((id) => id !== node.messageId).slice(0, MAX_REFERENCES);
  const [only, ...others] = answered;
  if (only === undefined || (last !== null && answered.includes(last))) return last ?? only ?? null;
  if (others.length === 0) return last !== null && known.has(last) && !known.has(only) ? last : only;
  return answered.find((id) => known.has(id)) ?? last ?? answered.at(-1) ?? null;
}

/** References without the message itself, within bounds. */
export function referencesOf(node: ThreadNode): readonly MessageId[] {
  const { references, messageId } = node;
  const bounded =
    references.length > MAX_REFERENCES
      ? [...references.slice(0, 1), ...references.slice(1 - MAX_REFERENCES)]
      : references;
  return bounded.filter((id) => id !== messageId);
}

/**
 * What References headers say of the messages named in them: each is taken to answer the one before it, and where
 * headers disagree, what most of them say counts (ties: the smaller id). What a header lists behind the answered message
 * is not in the order of the conversation (some clients put the answered one first) and does not count.
 */
export function chainParents(
  nodes: readonly ThreadNode[],
  resolve: (id: MessageId) => MessageId,
  known: Known,
): ReadonlyMap<MessageId, MessageId> {
  const votes = new Map<MessageId, Map<MessageId, number>>();
  for (const node of nodes) {
    const references = referencesOf(node);
    const answered = references.indexOf(headerParent(node, known) ?? node.messageId);
    let before: MessageId | null = null;
    for (const reference of answered < 0 ? references : references.slice(0, answered + 1)) {
      const id = resolve(reference);
      if (before !== null && before !== id) countVote(votes, id, before);
      before = id;
    }
  }
  return new Map([...votes].map(([id, candidates]) => [id, winner(candidates)]));
}

function countVote(votes: Map<MessageId, Map<MessageId, number>>, id: MessageId, parent: MessageId): void {
  const candidates = votes.get(id) ?? new Map<MessageId, number>();
  candidates.set(parent, (candidates.get(parent) ?? 0) + 1);
  votes.set(id, candidates);
}

function winner(candidates: ReadonlyMap<MessageId, number>): MessageId {
  return [...candidates].reduce((best, next) =>
    next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best,
  )[0];
}

/** The links that headers, thread overviews and other messages' References give, strongest first; `resolve` maps ids that are known to be one. */
export function knownLinks(
  nodes: readonly ThreadNode[],
  sightings: readonly PlacedSighting[],
  resolve: (id: MessageId) => MessageId,
  known: Known,
): Links {
  const links: Links = new Map();
  const add = (child: MessageId, parent: MessageId | null, evidence: number): void => {
    if (parent !== null && !links.has(child) && resolve(parent) !== child)
      links.set(child, { parent: resolve(parent), evidence });
  };
  for (const node of nodes) add(node.messageId, headerParent(node, known), EVIDENCE.header);
  for (const sighting of sightings) add(resolve(sighting.messageId), sighting.parentId, EVIDENCE.overview);
  const sent = new Map([...sightings, ...nodes].map((each) => [resolve(each.messageId), each.date?.instant ?? NaN]));
  const openings = new Set(nodes.filter(({ subject }) => !isReplySubject(subject)).map(({ messageId }) => messageId));
  for (const [child, parent] of chainParents(nodes, resolve, known)) {
    // Nobody answers what is not written yet: where References say so, their order is not that of the conversation.
    const early = (sent.get(parent) ?? NaN) > (sent.get(child) ?? NaN);
    // Some mail servers (Samsung's CGME ids) put an id of their own in front: no reason to give a thread a ghost for a root.
    const needless = openings.has(child) && !sent.has(parent);
    if (!early && !needless) add(child, parent, EVIDENCE.chain);
  }
  return links;
}
