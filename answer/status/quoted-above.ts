import type { Library, LibraryMessage } from '../../index/library.js';
import type { Block } from '../../mail/block.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Span } from '../../mail/span.js';

/** Words of a message. */
export interface Place {
  readonly messageId: MessageId;
  readonly spans: readonly Span[];
}

/** Whether what stands at `start` of a reply answers words of `place`: whether the nearest quote above it is of these words. */
export function answers({ blocks }: Pick<LibraryMessage, 'blocks'>, start: number, place: Place): boolean {
  const source = quotedAbove(blocks, start)?.source;
  if (source?.kind !== 'message' || source.messageId !== place.messageId) return false;
  return overlaps(source.spans, place.spans);
}

/** Whether it answers these words, or words of another message that do: `> > it is blue`, `> it is red`, `I stand corrected`. */
export function answersOrFollows(
  library: Pick<Library, 'message'>,
  reply: LibraryMessage,
  start: number,
  place: Place,
): boolean {
  if (answers(reply, start, place)) return true;
  const source = quotedAbove(reply.blocks, start)?.source;
  if (source?.kind !== 'message' || source.messageId === place.messageId) return false;
  const between = library.message(source.messageId);
  return between !== null && source.spans.some((span) => answers(between, span.start, place));
}

/** What stands further below a quote than about three sentences is about what the writer said in between. */
const near = 250;

/** Quoted code counts as well: what stands below it is about the code, not about words further up. */
function quotedAbove(blocks: readonly Block[], start: number): Block | undefined {
  const above = blocks.findLast(
    ({ kind, depth, span }) => (kind === 'quote' || kind === 'patch') && depth === 1 && span.end <= start,
  );
  return above !== undefined && start - above.span.end <= near ? above : undefined;
}

function overlaps(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some((one) => others.some((other) => one.start < other.end && other.start < one.end));
}
