import type { QuoteSource } from '../mail/block.js';
import type { MessageId } from '../mail/message-id.js';
import type { Message } from '../mail/message.js';
import { resolveQuotes } from '../mail/quotes.js';
import { sourcedBlocks, type BlockSources } from '../mail/sourced-blocks.js';
import type { Thread, ThreadMember } from '../mail/thread.js';
import { byInstant, type Namesakes } from './namesakes.js';
import { withoutBlocks } from './unlabelled.js';

/** A message whose quote blocks say where they come from. */
export interface Resolved {
  readonly message: Message;
  /** The same, as the store keeps it. */
  readonly sources: BlockSources;
}

/** A quote is looked for in all that the message answers, this far up, and in as many others of the thread sent before it. */
const ANCESTORS = 100;
const OTHERS = 100;

/** Resolves the quotes of a thread's present messages, in reading order. */
export function resolveThread(
  thread: Thread,
  byId: ReadonlyMap<MessageId, Message>,
  namesakes: Namesakes,
): Map<MessageId, Resolved> {
  const members = new Map(thread.members.map((member) => [member.messageId, member]));
  const dated = thread.members.flatMap(({ messageId }) => byId.get(messageId) ?? []).sort(byInstant);
  const place = new Map(dated.map((message, at) => [message.messageId, at]));
  const resolved = new Map<MessageId, Resolved>();
  /** Messages that read otherwise in the light of the thread. */
  const changed = new Map<MessageId, Message>();
  for (const { messageId } of thread.members) {
    const message = byId.get(messageId);
    if (message === undefined) continue;
    const chain = chainOf(messageId, members);
    const ancestors = chain.flatMap((member) => changed.get(member.messageId) ?? byId.get(member.messageId) ?? []);
    const above = new Set(chain.map((member) => member.messageId));
    const at = place.get(messageId) ?? 0;
    const sources = resolveQuotes(message, {
      ancestors,
      // Most quotes are found above: the rest of the thread is gathered only where one is not.
      get others() {
        return dated.slice(Math.max(0, at - OTHERS), at).filter((other) => !above.has(other.messageId));
      },
      get namesakes() {
        return namesakes(message).filter((other) => !members.has(other.messageId));
      },
      chain,
    });
    const found = { message: withSources(message, sources), sources };
    resolved.set(messageId, found);
    // Those who quote it quote what is its own in the light of this.
    if (sources.some(([, source]) => changesKind(source, messageId))) changed.set(messageId, found.message);
  }
  return resolved;
}

function chainOf(id: MessageId, members: ReadonlyMap<MessageId, ThreadMember>): ThreadMember[] {
  const chain: ThreadMember[] = [];
  let parentId = members.get(id)?.parentId ?? null;
  while (parentId !== null && chain.length < ANCESTORS) {
    const parent = members.get(parentId);
    if (parent === undefined) break;
    chain.push(parent);
    parentId = parent.parentId;
  }
  return chain;
}

function changesKind(source: QuoteSource, id: MessageId): boolean {
  return source.kind === 'message' && (source.unmarked !== undefined || source.messageId === id);
}

function withSources(message: Message, sources: BlockSources): Message {
  if (sources.length === 0) return message;
  return { ...withoutBlocks(message), blocks: sourcedBlocks(message.messageId, message.blocks, sources) };
}
