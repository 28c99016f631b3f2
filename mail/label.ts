import { labelArmor } from './armor.js';
import { labelAttributions } from './attributions.js';
import type { Attribution, Block, BlockKind } from './block.js';
import { labelCommits } from './commit.js';
import { labelElisions } from './elision.js';
import { labelFooters } from './footer.js';
import { headerAt } from './header-at.js';
import { labelHeaderBlocks } from './header-block.js';
import { isPatchEnvelope } from './header-words.js';
import { labelIndentedQuotes } from './indented.js';
import { emptyLabels, nextFilled, type Labels } from './labels.js';
import { isEmptyLine, splitLines, wordsOf, type Lines } from './lines.js';
import { labelNamedMarkers } from './named-markers.js';
import { labelPatches } from './patch.js';
import { restoreMarkers } from './rewrapped.js';
import { labelSignatures } from './signature.js';
import type { Span } from './span.js';
import { labelTrailers } from './trailer.js';
import { labelUnmarkedQuote } from './unmarked.js';

/**
 * Labels every line of a message's text: whose words it is (depth 0: the author's) and what it is. The blocks are in order and cover the
 * text. Doubt falls to the side of the quote: nobody is credited with words that may be somebody else's. Linear, never throws.
 */
export function labelBlocks(text: string): Block[] {
  const lines = splitLines(text);
  const labels = emptyLabels(lines);
  labelHeaderBlocks(lines, labels);
  labelArmor(lines, labels);
  labelAttributions(lines, labels);
  restoreMarkers(lines, labels);
  labelFooters(lines, labels);
  labelUnmarkedQuote(lines, labels);
  labelIndentedQuotes(lines, labels);
  labelCommits(lines, labels);
  labelNamedMarkers(lines, labels);
  labelPatches(lines, labels);
  labelElisions(lines, labels);
  labelTrailers(lines, labels);
  labelSignatures(lines, labels);
  settle(lines, labels);
  return blocksOf(lines, labels);
}

/** The author that a patch's body names at its very beginning (git's in-body `From:`), in place of the message's sender. */
export function inBodyAuthor(text: string): Pick<Attribution, 'name' | 'address'> | null {
  const lines = splitLines(text.slice(0, 4000));
  const first = nextFilled(lines, 0);
  const enveloped = first < lines.count && isPatchEnvelope(wordsOf(lines, first));
  const block = headerAt(lines, enveloped ? first + 1 : first, false);
  // A reply that begins with a quoted patch is not the patch's author's.
  if (first >= lines.count || lines.marks[first]! > 0) return null;
  if (block === null || block.fields.has('to') || block.attribution.address === null) return null;
  if (block.end < lines.count && !isEmptyLine(lines, block.end)) return null;
  const { name, address } = block.attribution;
  return { name, address };
}

/** Gives unclaimed lines their kind, and empty lines the label of the line above, or below where only that one is quoted. */
function settle(lines: Lines, labels: Labels): void {
  let next = 0;
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null) continue;
    if (!isEmptyLine(lines, i)) {
      labels.kind[i] = labels.depth[i] === 0 ? 'prose' : 'quote';
      continue;
    }
    if (next <= i) next = nextFilled(lines, i);
    const opensQuote = i > 0 && lines.marks[i]! > 0 && labels.depth[i - 1] === 0;
    if (i > 0 && !(opensQuote && next < lines.count)) copy(labels, i - 1, i);
    else if (next < lines.count) {
      labels.kind[next] ??= labels.depth[next] === 0 ? 'prose' : 'quote';
      copy(labels, next, i);
    } else labels.kind[i] = labels.depth[i] === 0 ? 'prose' : 'quote';
  }
}

function copy(labels: Labels, from: number, to: number): void {
  labels.kind[to] = labels.kind[from]!;
  labels.depth[to] = labels.depth[from]!;
  if (labels.unclear.has(from)) labels.unclear.add(to);
}

function blocksOf(lines: Lines, labels: Labels): Block[] {
  const blocks: Block[] = [];
  /** By depth: the block that says who wrote what stands at that depth. */
  const governs: (number | undefined)[] = [];
  /** The block that names somebody else than the sender as the writer of the prose. */
  let author: number | undefined;
  for (let i = 0; i < lines.count;) {
    const end = runEnd(labels, i, lines.count);
    const kind = labels.kind[i] ?? 'prose';
    const depth = labels.depth[i]!;
    const block = blockOf(lines, i, end, kind, depth);
    const said = labels.said.get(i);
    if (said !== undefined) {
      blocks.push({ ...block, attribution: said });
      const governed = labels.selfSaid.has(i) ? depth : depth + 1;
      governs.length = Math.min(governs.length, governed);
      if (governed > 0) governs[governed] = blocks.length - 1;
      else author = blocks.length - 1;
    } else {
      // What stands below the line that cuts a patch's message off is the sender's, who adds it when the patch is sent on.
      if (kind === 'patch' && depth === 0 && wordsOf(lines, i).trimEnd() === '---') author = undefined;
      const by = kind === 'quote' ? governs[depth] : kind === 'prose' ? author : undefined;
      const unclear = kind === 'quote' && labels.unclear.has(i);
      blocks.push({ ...block, ...(by === undefined ? {} : { attributedBy: by }), ...(unclear ? { unclear } : {}) });
    }
    i = end;
  }
  return blocks;
}

function runEnd(labels: Labels, from: number, count: number): number {
  let end = from + 1;
  while (
    end < count &&
    labels.kind[end] === labels.kind[from] &&
    labels.depth[end] === labels.depth[from] &&
    labels.unclear.has(end) === labels.unclear.has(from) &&
    !labels.said.has(end)
  )
    end++;
  return end;
}

function blockOf(lines: Lines, from: number, to: number, kind: BlockKind, depth: number): Block {
  const spans: Span[] = [];
  for (let i = from; i < to; i++) spans.push({ start: lines.content[i]!, end: lines.end[i]! });
  const end = to < lines.count ? lines.start[to]! : lines.text.length;
  return { kind, depth, span: { start: lines.start[from]!, end }, lines: spans };
}
