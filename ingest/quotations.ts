import type { Attribution, Block, QuoteSource } from '../mail/block.js';
import type { Message } from '../mail/message.js';
import type { MessageId } from '../mail/message-id.js';
import type { Span } from '../mail/span.js';
import type { ThreadMember } from '../mail/thread.js';

type Named = Extract<QuoteSource, { kind: 'named' }>;

/** Consecutive quoted lines of one missing message, as one reply quotes them. */
export interface Quotation {
  readonly holder: Message;
  /** Index of its first block: orders the quotations of one reply. */
  readonly at: number;
  readonly source: Named;
  readonly attribution: Attribution | null;
  readonly lines: (Span | null)[];
  readonly deeper: readonly Span[];
}

/** What a message quotes of messages that are missing, in its order. `members` are the places of its thread by Message-ID. */
export function quotationsOf(message: Message, members: ReadonlyMap<MessageId, ThreadMember>): Quotation[] {
  const quotations: Quotation[] = [];
  const { blocks } = message;
  /** Open quotations by depth, and the last quoted lines at each depth. */
  let open: { depth: number; quotation: Quotation } | null = null;
  const last = new Map<number, readonly Span[]>();
  // Lists set themselves in place of whoever wrote: `valves@lists.example.org wrote:`.
  const lists = new Set(message.origins.map(({ list }) => list.toLowerCase()));
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'quote' || block.depth === 0) {
      if (open !== null && (block.kind === 'elision' || block.kind === 'trailer')) open.quotation.lines.push(null);
      else open = null;
      // Another mail is quoted from here on: what was quoted before is none of its context.
      if (block.kind === 'attribution' && block.depth === 0) last.clear();
      continue;
    }
    last.set(block.depth, block.lines);
    const source = missing(block, members);
    if (source === null || lists.has(source.name.toLowerCase())) open = null;
    else if (open !== null && open.depth === block.depth && isSame(open.quotation.source, source)) {
      open.quotation.lines.push(...block.lines);
    } else {
      const quotation = {
        holder: message,
        at,
        source,
        attribution: block.attributedBy === undefined ? null : (blocks[block.attributedBy]?.attribution ?? null),
        lines: [...block.lines],
        deeper: deeperAbove(blocks, at, last),
      };
      quotations.push(quotation);
      open = { depth: block.depth, quotation };
    }
  }
  return quotations;
}

/** The source of quoted words whose message is not there. */
function missing(block: Block, members: ReadonlyMap<MessageId, ThreadMember>): Named | null {
  const { source } = block;
  if (source?.kind !== 'named') return null;
  return source.messageId !== null && members.get(source.messageId)?.present === true ? null : source;
}

function isSame(a: Named, b: Named): boolean {
  return a.name === b.name && a.messageId === b.messageId && a.date?.instant === b.date?.instant;
}

/** The last lines one level deeper that stand above block `at`: what its words answer. */
function deeperAbove(
  blocks: readonly Block[],
  at: number,
  last: ReadonlyMap<number, readonly Span[]>,
): readonly Span[] {
  const depth = blocks[at]?.depth ?? 0;
  const previous = blocks[at - 1];
  if (previous?.kind === 'quote' && previous.depth > depth) return previous.lines;
  return last.get(depth + 1) ?? [];
}
