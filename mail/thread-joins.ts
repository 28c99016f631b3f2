import { nameKey } from './person.js';
import { isReplySubject, normaliseSubject, patchOf, type PatchSubject } from './subject.js';
import { EVIDENCE, type Link, type Links } from './thread-parents.js';
import type { ThreadNode } from './thread-node.js';

const DAY = 86_400_000;
/** Replies later than this begin a new conversation under an old subject. */
export const SUBJECT_REACH = 60 * DAY;
/** A series is sent in one go, slowly at worst. */
const SERIES_REACH = DAY;
/** How far back a reply's addressee is looked for. */
const MAX_CANDIDATES = 50;

/**
 * Places for messages that nothing else places: a reply without any reference (see `answersBySubject`) goes below the nearest earlier message
 * with its subject (one by a person it is addressed to, if there is one), a patch below the cover letter of its series.
 * `nodes` are sorted; `links` are the places found so far.
 */
export function joinLoose(nodes: readonly ThreadNode[], links: Links): Links {
  const loose = nodes.filter(
    ({ messageId, references, inReplyTo }) =>
      !links.has(messageId) && references.length === 0 && inReplyTo.length === 0,
  );
  const [replies, others] = [new Set<ThreadNode>(), [] as ThreadNode[]];
  for (const node of loose)
    if (answersBySubject(node)) replies.add(node);
    else others.push(node);
  return new Map([...replyLinks(nodes, replies), ...seriesLinks(nodes, others)]);
}

/** A quoted line with words in it, which a ruler has not. */
const QUOTES = /^>.*\p{L}/mu;

/**
 * Whether a message without any reference answers an earlier one with its subject: it says so, or quotes something. Pipermail's archives of the
 * 1990s cut "Re:" off.
 */
export function answersBySubject({ subject, text = '' }: Pick<ThreadNode, 'subject' | 'text'>): boolean {
  return isReplySubject(subject) || (QUOTES.test(text) && patchOf(subject) === null);
}

/** Every message is read, since every one can be what a loose reply answers; most threads have no loose reply. */
function replyLinks(nodes: readonly ThreadNode[], replies: ReadonlySet<ThreadNode>): Links {
  const links: Links = new Map();
  const bySubject = new Map<string, ThreadNode[]>();
  for (const node of replies.size === 0 ? [] : nodes) {
    const subject = normaliseSubject(node.subject);
    if (subject === '' || node.date === null) continue;
    const earlier = bySubject.get(subject) ?? [];
    const link = replies.has(node) ? replyLink(node, node.date.instant, earlier) : null;
    if (link !== null) links.set(node.messageId, link);
    earlier.push(node);
    bySubject.set(subject, earlier);
  }
  return links;
}

function replyLink(node: ThreadNode, instant: number, earlier: readonly ThreadNode[]): Link | null {
  const near: ThreadNode[] = [];
  for (let at = earlier.length - 1; at >= 0 && near.length < MAX_CANDIDATES; at -= 1) {
    const candidate = earlier[at];
    if (candidate?.date == null || instant - candidate.date.instant > SUBJECT_REACH) break;
    near.push(candidate);
  }
  // Who posts the same again, a robot above all, answers nobody.
  const others = isReplySubject(node.subject) ? near : near.filter(({ from }) => nameKey(from) !== nameKey(node.from));
  const addressed = new Set((node.to ?? []).map((mailbox) => mailbox.address?.toLowerCase()));
  const parent =
    others.find(({ from }) => from.address !== null && addressed.has(from.address.toLowerCase())) ?? others[0];
  return parent === undefined ? null : { parent: parent.messageId, evidence: EVIDENCE.subject };
}

function seriesLinks(nodes: readonly ThreadNode[], loose: readonly ThreadNode[]): Links {
  const links: Links = new Map();
  const parts = loose.flatMap((node) => {
    const patch = patchOf(node.subject);
    return patch !== null && patch.number !== null && !patch.isCover ? [{ node, patch }] : [];
  });
  const covers = parts.length === 0 ? new Map<string, ThreadNode[]>() : coversBySeries(nodes);
  for (const { node, patch } of parts) {
    const instant = node.date?.instant ?? Infinity;
    const cover = nearestByDate(covers.get(seriesKey(node, patch)) ?? [], instant);
    const apart = Math.abs((cover?.date?.instant ?? Infinity) - instant);
    if (cover !== null && apart <= SERIES_REACH)
      links.set(node.messageId, { parent: cover.messageId, evidence: EVIDENCE.series });
  }
  return links;
}

function coversBySeries(nodes: readonly ThreadNode[]): ReadonlyMap<string, ThreadNode[]> {
  const covers = new Map<string, ThreadNode[]>();
  for (const node of nodes) {
    const patch = patchOf(node.subject);
    if (patch?.isCover !== true || isReplySubject(node.subject) || node.date === null) continue;
    const key = seriesKey(node, patch);
    const others = covers.get(key);
    if (others === undefined) covers.set(key, [node]);
    else others.push(node);
  }
  return covers;
}

/** Of nodes sorted by date, the one nearest to `instant`; the earlier one of two as near. */
function nearestByDate(nodes: readonly ThreadNode[], instant: number): ThreadNode | null {
  const instantAt = (at: number): number => nodes[at]?.date?.instant ?? Infinity;
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantAt(middle) <= instant) low = middle + 1;
    else high = middle;
  }
  return nodes[low > 0 && instant - instantAt(low - 1) <= instantAt(low) - instant ? low - 1 : low] ?? null;
}

/** Author, version, length and prefixes; `PATCH` itself does not count, since Patchwork drops it. */
function seriesKey(node: ThreadNode, patch: PatchSubject): string {
  const prefixes = patch.prefixes.map((prefix) => prefix.toLowerCase()).filter((prefix) => prefix !== 'patch');
  return [nameKey(node.from), patch.version, patch.total, ...prefixes.sort()].join('\n');
}
