import type { Library } from '../../index/library.js';
import type { Quote } from '../answer.js';

/**
 * Puts quotes of one thread that stand side by side into the order of the conversation, so that a claim and the reply to it read as one.
 * The first quote of the answer keeps its place, and what else is quoted of its message stands right below: it is the answer, and the rest
 * explains it.
 */
export function inConversationOrder(library: Pick<Library, 'message' | 'thread'>, quotes: readonly Quote[]): Quote[] {
  const [answer, ...others] = quotes;
  if (answer === undefined) return [];
  const isBeside = ({ messageId, quotedBy }: Quote): boolean =>
    messageId === answer.messageId && quotedBy?.messageId === answer.quotedBy?.messageId;
  const rest = others.filter((quote) => !isBeside(quote));
  const places = new Map(rest.map((quote) => [quote, placeOf(library, quote)]));
  const ordered = [answer, ...others.filter(isBeside).sort((a, b) => startOf(a) - startOf(b))];
  for (let at = 0; at < rest.length;) {
    const group = rest.slice(at, endOfGroup(rest, places, at));
    const placeIn = (quote: Quote): number => places.get(quote)?.place ?? 0;
    // Two quotes of one message stand in its order.
    ordered.push(...group.sort((a, b) => placeIn(a) - placeIn(b) || startOf(a) - startOf(b)));
    at += group.length;
  }
  return ordered;
}

function startOf({ spans }: Quote): number {
  return spans[0]?.start ?? 0;
}

interface Place {
  readonly rootId: string;
  readonly place: number;
}

function endOfGroup(quotes: readonly Quote[], places: ReadonlyMap<Quote, Place | null>, from: number): number {
  const thread = rootAt(quotes, places, from);
  let end = from + 1;
  while (thread !== null && end < quotes.length && rootAt(quotes, places, end) === thread) end += 1;
  return end;
}

function rootAt(quotes: readonly Quote[], places: ReadonlyMap<Quote, Place | null>, at: number): string | null {
  const quote = quotes[at];
  return quote === undefined ? null : (places.get(quote)?.rootId ?? null);
}

/** Recovered words whose message is known stand at their ghost's place, others just before the reply that quotes them. */
function placeOf(library: Pick<Library, 'message' | 'thread'>, { messageId, quotedBy }: Quote): Place | null {
  const holderId = quotedBy?.messageId ?? messageId;
  const holder = holderId === null ? null : library.message(holderId);
  const members = holder === null ? undefined : library.thread(holder.messageId)?.members;
  if (holder === null || members === undefined) return null;
  const own = members.findIndex((member) => member.messageId === messageId);
  const holding = members.findIndex((member) => member.messageId === holder.messageId);
  return { rootId: holder.rootId, place: own >= 0 ? own : holding - 0.5 };
}
