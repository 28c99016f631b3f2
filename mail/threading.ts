import { displayName, type Mailbox } from './mailbox.js';
import type { MessageId } from './message-id.js';
import { answersBySubject, joinLoose } from './thread-joins.js';
import { byDateThenId, compareText, type PlacedSighting, type ThreadNode } from './thread-node.js';
import { knownLinks, type Known, type Links } from './thread-parents.js';
import { distinctSightings, unifySightings } from './thread-sightings.js';
import { cutCycles, layOut, type Unplaced } from './thread-tree.js';
import type { Thread } from './thread.js';

export type { PlacedSighting, ThreadNode } from './thread-node.js';

/**
 * Builds the threads that messages and sightings make. Places come, strongest first, from a message's own headers, from
 * thread overviews, from other messages' References, from the cover letter of a patch series, and for replies that have
 * nothing of these from an earlier message with their subject. Referenced messages that are not there become ghosts.
 * The order of the arguments' elements never changes the result; cycles are cut; time is near-linear.
 */
export function buildThreads(nodes: readonly ThreadNode[], sightings: readonly PlacedSighting[]): Thread[] {
  const messages = distinctNodes(nodes);
  const lines = distinctSightings(sightings);
  const ids = new Set([...messages, ...lines].map(({ messageId }) => messageId));
  const known: Known = ids;
  const resolve = unifySightings(messages, lines, known);
  const links = knownLinks(messages, lines, resolve, known);
  for (const [id, link] of joinLoose(messages, links)) links.set(id, link);
  const members = membersOf(messages, lines, links, resolve);
  cutCycles(links, (id) => members.get(id) ?? ghost(id));
  return layOut(members, links);
}

/** Sorted, and one for each id: where two messages have one id, the first by date, subject and author counts. */
function distinctNodes(nodes: readonly ThreadNode[]): ThreadNode[] {
  const key = (node: ThreadNode): string =>
    JSON.stringify([
      node.subject,
      node.from,
      node.inReplyTo.slice(0, 9),
      node.references.slice(-9),
      answersBySubject(node),
    ]);
  const distinct = new Map<MessageId, ThreadNode>();
  for (const node of nodes) {
    const other = distinct.get(node.messageId);
    const order = other === undefined ? -1 : byDateThenId(node, other) || compareText(key(node), key(other));
    if (order < 0) distinct.set(node.messageId, node);
  }
  return [...distinct.values()].sort(byDateThenId);
}

/** Everyone who has a place: messages, sighted ghosts, and ghosts that are only referenced. */
function membersOf(
  messages: readonly ThreadNode[],
  lines: readonly PlacedSighting[],
  links: Links,
  resolve: (id: MessageId) => MessageId,
): Map<MessageId, Unplaced> {
  const members = new Map<MessageId, Unplaced>();
  for (const { messageId, from, date, subject } of messages) {
    members.set(messageId, { messageId, present: true, author: authorOf(from), date, subject });
  }
  for (const { messageId, from, date, subject } of lines) {
    const id = resolve(messageId);
    if (!members.has(id))
      members.set(id, { messageId: id, present: false, author: authorOf(from), date, subject: subject || null });
  }
  // Ghosts are there for what stands below them: those that no message or sighting leads up to are left out.
  for (const start of [...members.keys()]) {
    for (let id = links.get(start)?.parent; id !== undefined && !members.has(id); id = links.get(id)?.parent) {
      members.set(id, ghost(id));
    }
  }
  for (const child of [...links.keys()]) if (!members.has(child)) links.delete(child);
  return members;
}

function ghost(messageId: MessageId): Unplaced {
  return { messageId, present: false, author: null, date: null, subject: null };
}

function authorOf(from: Mailbox): string | null {
  const nobody = from.name === null && from.address === null && from.masked === null;
  return nobody ? null : displayName(from);
}
