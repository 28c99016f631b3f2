import type { Block } from './block.js';
import { indexWords, type Run, type WordIndex } from './matching.js';
import type { Message } from './message.js';
import type { Span } from './span.js';

/** Words of a message that replies may quote, and the blocks they stand in. */
export interface Source {
  readonly index: WordIndex;
  /** The block of a word, by the word's number. */
  blockOf(word: number): number;
}

const own = new WeakMap<Message, Source>();
const quoted = new WeakMap<Message, Source>();

/** What the author wrote: prose, patches and trailers at depth 0. Made once per message. */
export function ownSource(message: Message): Source {
  return cached(
    own,
    message,
    (block) => block.depth === 0 && /^(?:prose|patch|trailer|signature|elision)$/u.test(block.kind),
  );
}

/** What the message quotes from others. Made once per message. */
export function quotedSource(message: Message): Source {
  return cached(quoted, message, (block) => block.depth > 0 && block.kind === 'quote');
}

function cached(cache: WeakMap<Message, Source>, message: Message, wanted: (block: Block) => boolean): Source {
  const known = cache.get(message);
  if (known !== undefined) return known;
  const index = indexWords(
    message.text,
    message.blocks.filter(wanted).flatMap((block) => block.lines),
  );
  const source = { index, blockOf: (word: number) => blockAt(message.blocks, index.words.starts[word] ?? 0) };
  cache.set(message, source);
  return source;
}

function blockAt(blocks: readonly Block[], position: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.span.end <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stretches of a message's text that runs of its own words cover: cut at block borders, widened to punctuation that clings to them. */
export function sourceSpans(message: Message, runs: readonly Run[]): Span[] {
  const { words } = ownSource(message).index;
  const spans: Span[] = [];
  for (const run of [...runs].sort((a, b) => a.source - b.source)) {
    const last = run.source + run.length - 1;
    for (let word = run.source; word <= last;) {
      const block = message.blocks[blockAt(message.blocks, words.starts[word]!)]!;
      let to = word;
      while (to < last && words.starts[to + 1]! < block.span.end) to++;
      add(spans, {
        start: widen(message.text, words.starts[word]!, -1, block.span),
        end: widen(message.text, words.ends[to]!, 1, block.span),
      });
      word = to + 1;
    }
  }
  return spans;
}

function add(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && span.start <= last.end)
    spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  else spans.push(span);
}

/** Moves a border outwards over what is not white space. */
function widen(text: string, from: number, step: 1 | -1, within: Span): number {
  let at = from;
  for (let moved = 0; moved < 40; moved++) {
    const next = step > 0 ? at : at - 1;
    if (next < within.start || next >= within.end || /\s/u.test(text[next]!)) break;
    at += step;
  }
  return at;
}
