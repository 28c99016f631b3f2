import type { Block } from '../../mail/block.js';
import { displayName } from '../../mail/mailbox.js';
import type { Message } from '../../mail/message.js';
import type { Span } from '../../mail/span.js';
import { personKey } from '../question/person.js';

/**
 * Whose words a passage holds: those of the holding message's author, or of the one of them who is named (whoever sends a patch on adds words
 * to the author's), or those of someone whom that message quotes.
 */
export type Voice =
  { readonly kind: 'own'; readonly speaker?: string } | { readonly kind: 'recovered'; readonly speaker: string };

/**
 * The lines of a message, markers left out, that its labels give to a voice: unquoted prose for the author, and for someone quoted the
 * quotes whose source names them. In order; blank lines in between have empty spans.
 */
export function linesOf(message: Pick<Message, 'blocks' | 'from'>, voice: Voice): Span[] {
  return message.blocks.filter((block) => speaks(message, block, voice)).flatMap((block) => block.lines);
}

function speaks(message: Pick<Message, 'blocks' | 'from'>, block: Block, voice: Voice): boolean {
  if (voice.kind === 'own') {
    if (block.kind !== 'prose' || block.depth > 0) return false;
    return voice.speaker === undefined || personKey(writerOf(message, block)) === personKey(voice.speaker);
  }
  return (
    block.kind === 'quote' &&
    block.source?.kind === 'named' &&
    personKey(block.source.name) === personKey(voice.speaker)
  );
}

/** Whom prose is by: the sender, unless an attribution gives it to somebody else. */
export function writerOf({ blocks, from }: Pick<Message, 'blocks' | 'from'>, { attributedBy }: Block): string {
  const said = attributedBy === undefined ? undefined : blocks[attributedBy]?.attribution;
  return displayName(said === undefined ? from : { name: said.name, address: said.address, masked: null });
}

/**
 * The parts of `lines` that lie within `spans`, and the blank lines between them, so that paragraphs stay apart. Both are in order and
 * free of overlaps.
 */
export function cutLines(lines: readonly Span[], spans: readonly Span[]): Span[] {
  const cut: Span[] = [];
  const last = spans.at(-1)?.end ?? 0;
  let next = 0;
  for (const line of lines) {
    while (endOf(spans[next]) < line.start) next += 1;
    if (line.start === line.end) {
      if (cut.length > 0 && line.end < last) cut.push(line);
      continue;
    }
    for (let at = next; startOf(spans[at]) < line.end; at += 1) {
      const start = Math.max(line.start, startOf(spans[at]));
      const end = Math.min(line.end, endOf(spans[at]));
      if (start < end) cut.push({ start, end });
    }
  }
  return cut;
}

function startOf(span: Span | undefined): number {
  return span?.start ?? Infinity;
}

function endOf(span: Span | undefined): number {
  return span?.end ?? Infinity;
}
