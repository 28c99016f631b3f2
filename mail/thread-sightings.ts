import { minuteOf } from './date.js';
import { isMinted, type MessageId } from './message-id.js';
import { nameKey } from './person.js';
import { normaliseSubject } from './subject.js';
import { chainParents, headerParent, type Known } from './thread-parents.js';
import { byDateThenId, compareText, type PlacedSighting, type ThreadNode } from './thread-node.js';

type Resolve = (id: MessageId) => MessageId;

/**
 * Finds which ids name one message: a line of an overview that shows no Message-ID is the message whose author, minute
 * and subject agree, or else the one that a child of that line names in its headers. `nodes` and `sightings` are sorted.
 */
export function unifySightings(
  nodes: readonly ThreadNode[],
  sightings: readonly PlacedSighting[],
  known: Known,
): Resolve {
  const aliases = new Map<MessageId, MessageId>();
  const resolve: Resolve = (id) => aliases.get(id) ?? id;
  matchByContent(nodes, sightings, aliases);
  matchByChildren(nodes, sightings, aliases, resolve, known);
  return resolve;
}

/** Sorted, and one for each id: the one with a place, then the first by place, where overviews disagree. */
export function distinctSightings(sightings: readonly PlacedSighting[]): PlacedSighting[] {
  const distinct = new Map<MessageId, PlacedSighting>();
  const placed = (sighting: PlacedSighting): string =>
    `${Number(sighting.parentId === null)} ${sighting.parentId ?? ''} ${sighting.date?.instant ?? ''} ${nameKey(sighting.from)} ${sighting.subject}`;
  for (const sighting of sightings) {
    const other = distinct.get(sighting.messageId);
    if (other === undefined || compareText(placed(sighting), placed(other)) < 0)
      distinct.set(sighting.messageId, sighting);
  }
  return [...distinct.values()].sort(byDateThenId);
}

/** Each node takes one sighting at most, so that two mails of one minute with one subject stay two. */
function matchByContent(
  nodes: readonly ThreadNode[],
  sightings: readonly PlacedSighting[],
  aliases: Map<MessageId, MessageId>,
): void {
  const ids = new Set(nodes.map((node) => node.messageId));
  const taken = new Set(sightings.map((sighting) => sighting.messageId).filter((id) => ids.has(id)));
  const waiting = new Map<string, ThreadNode[]>();
  if (sightings.length === 0) return;
  for (const node of nodes) {
    const key = contentKey(node);
    if (key !== null && !taken.has(node.messageId)) waiting.set(key, [...(waiting.get(key) ?? []).slice(0, 20), node]);
  }
  for (const sighting of sightings) {
    if (ids.has(sighting.messageId)) continue;
    const candidates = waiting.get(contentKey(sighting) ?? '') ?? [];
    // Two real ids are two messages, however alike they look.
    const at = candidates.findIndex((node) => isMinted(node.messageId) || isMinted(sighting.messageId));
    const [node] = at < 0 ? [] : candidates.splice(at, 1);
    if (node !== undefined) aliases.set(sighting.messageId, node.messageId);
  }
}

function contentKey({ from, date, subject }: Pick<ThreadNode, 'from' | 'date' | 'subject'>): string | null {
  return date === null ? null : `${minuteOf(date)}\n${nameKey(from)}\n${normaliseSubject(subject)}`;
}

/** Goes up from lines whose message is known: what that message answers is the line above, if nothing else is known of it. */
function matchByChildren(
  nodes: readonly ThreadNode[],
  sightings: readonly PlacedSighting[],
  aliases: Map<MessageId, MessageId>,
  resolve: Resolve,
  known: Known,
): void {
  if (sightings.length === 0) return;
  const parents = new Map(chainParents(nodes, resolve, known));
  for (const node of nodes) {
    const parent = headerParent(node, known);
    if (parent !== null) parents.set(node.messageId, resolve(parent));
  }
  const byId = new Map(sightings.map((sighting) => [sighting.messageId, sighting]));
  const used = new Set(aliases.values());
  const pending = [...sightings];
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    const above = line.parentId;
    const named = parents.get(resolve(line.messageId));
    if (above === null || named === undefined || !isMinted(above) || aliases.has(above)) continue;
    if (known.has(named) || isMinted(named) || used.has(named)) continue;
    aliases.set(above, named);
    used.add(named);
    const next = byId.get(above);
    if (next !== undefined) pending.push(next);
  }
}
