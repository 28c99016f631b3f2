import type { Block, QuoteSource } from './block.js';
import type { MessageId } from './message-id.js';
import type { Span } from './span.js';

/** What resolving says of a message: [index into the blocks that `labelBlocks` gives, source]. A block of prose may have several. */
export type BlockSources = readonly (readonly [number, QuoteSource])[];

/**
 * A message's blocks with what resolving found out about them. Quotes get their source. What reads otherwise in the light of the thread changes
 * its kind: prose that repeats somebody else without a marker becomes quotes, and "quotes" whose source is the message itself (R's prompt is
 * a `>`) become its author's prose.
 */
export function sourcedBlocks(id: MessageId, blocks: readonly Block[], sources: BlockSources): readonly Block[] {
  if (sources.length === 0) return blocks;
  const byBlock = new Map<number, QuoteSource[]>();
  for (const [at, source] of sources) {
    const known = byBlock.get(at);
    if (known === undefined) byBlock.set(at, [source]);
    else known.push(source);
  }
  const moved: number[] = [];
  const out: Block[] = [];
  blocks.forEach((block, at) => {
    moved.push(out.length);
    const { attributedBy } = block;
    const placed = attributedBy === undefined ? block : { ...block, attributedBy: moved[attributedBy] ?? attributedBy };
    const found = byBlock.get(at);
    if (found === undefined) out.push(placed);
    else out.push(...(block.kind === 'prose' ? split(placed, found) : [sourced(placed, found[0]!, id)]));
  });
  return out;
}

function sourced(block: Block, source: QuoteSource, id: MessageId): Block {
  if (source.kind !== 'message' || source.messageId !== id) return { ...block, source };
  return { kind: 'prose', depth: 0, span: block.span, lines: source.spans };
}

/** Cuts prose where lines that came from elsewhere begin and end. Blank lines go with the line above them. */
function split(block: Block, sources: readonly QuoteSource[]): Block[] {
  const from = sourcesOfLines(block.lines, sources);
  const pieces: Block[] = [];
  for (let first = 0; first < block.lines.length;) {
    const source = from[first] ?? null;
    let end = first + 1;
    while (end < block.lines.length && (from[end] === undefined || from[end] === source)) end++;
    const lines = block.lines.slice(first, end);
    const span = {
      start: first === 0 ? block.span.start : lines[0]!.start,
      end: block.lines[end]?.start ?? block.span.end,
    };
    if (source === null) pieces.push({ ...block, span, lines });
    else pieces.push({ kind: 'quote', depth: 1, span, lines, source });
    first = end;
  }
  return pieces;
}

/** By line: where it came from, null for the author's own, nothing for blank lines. */
function sourcesOfLines(lines: readonly Span[], sources: readonly QuoteSource[]): (QuoteSource | null | undefined)[] {
  const byStart = new Map<number, QuoteSource>();
  for (const source of sources) {
    if (source.kind === 'message') for (const { start } of source.unmarked ?? []) byStart.set(start, source);
  }
  return lines.map(({ start, end }) => byStart.get(start) ?? (start === end ? undefined : null));
}
