import type { Block } from '../mail/block.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { Message } from '../mail/message.js';
import { textAt, type Span } from '../mail/span.js';
import type { PassageDraft } from '../index/passage.js';
import { lastWords, packed, paragraphsOf, type Stretch } from './paragraphs.js';

/** A passage grows by whole paragraphs up to `MOST` words; what is left over and shorter than `FEW` joins the one before it. */
export const MOST_WORDS = 180;
export const FEW_WORDS = 40;
/** How much of the quote above a passage is searched with it. */
export const QUOTED_WORDS = 150;
/** Logs, dumps and source files without patch markers are long "prose": what follows the first passages is not worth a search. */
const MOST_PASSAGES = 60;

/** What a message's thread adds to its passages. Texts are capped by the caller. */
export interface Surroundings {
  /** Who sent the message. */
  readonly sender: Mailbox;
  /** Whose words the prose is that an attribution gives to somebody else: the in-body From of a patch that is sent on. */
  readonly author: Mailbox;
  readonly subject: string;
  readonly parent: string;
  readonly opening: string;
}

/** Prose between two quotes, and the quoted lines right above it. */
interface Run {
  readonly above: readonly Span[];
  /** Whether an attribution names its writer. */
  readonly attributed: boolean;
  /** `null` where other blocks (trailers, patches, signatures) part two paragraphs. */
  readonly lines: (Span | null)[];
}

/**
 * Cuts what the author of `message` wrote into passages along paragraph borders. Each run of prose between two quotes is cut on its own,
 * so that an interleaved reply keeps the words that it answers in `fields.quoted`. Messages without prose of their own yield none.
 */
export function cutPassages(message: Message, surroundings: Surroundings): PassageDraft[] {
  const { text } = message;
  const passages: PassageDraft[] = [];
  for (const run of runsOf(message.blocks)) {
    const stretches = packed(paragraphsOf(text, run.lines), MOST_WORDS, FEW_WORDS);
    if (stretches.length === 0) continue;
    const quoted = lastWords(textAt(text, run.above), QUOTED_WORDS);
    for (const stretch of stretches) {
      if (passages.length === MOST_PASSAGES) return passages;
      const own = textAt(text, stretch.spans);
      if (!hasWord(own)) continue;
      const speaker = run.attributed ? surroundings.author : surroundings.sender;
      passages.push({ ...draft(message, stretch, own, quoted, surroundings), speaker });
    }
  }
  return passages;
}

function draft(
  message: Message,
  stretch: Stretch,
  own: string,
  quoted: string,
  { subject, parent, opening }: Surroundings,
): Omit<PassageDraft, 'speaker'> {
  return {
    messageId: message.messageId,
    kind: 'own',
    saidAt: message.date,
    sourceId: message.messageId,
    spans: stretch.spans,
    fields: { own, subject, quoted, parent, opening },
  };
}

function runsOf(blocks: readonly Block[]): Run[] {
  const runs: Run[] = [];
  let above: Span[] = [];
  let run: Run | null = null;
  for (const block of blocks) {
    if (block.kind === 'prose' && block.depth === 0) {
      const attributed = block.attributedBy !== undefined;
      if (run === null || run.attributed !== attributed) run = begun(runs, above, attributed);
      for (const line of block.lines) run.lines.push(line);
    } else if (block.depth > 0 || block.kind === 'attribution') {
      if (run !== null && run.lines.some((line) => line !== null && line.end > line.start)) above = [];
      run = null;
      if (block.kind === 'quote' || block.kind === 'patch') above.push(...block.lines.slice(-LINES_ABOVE));
    } else run?.lines.push(null);
  }
  return runs;
}

/** More lines than `QUOTED_WORDS` words of quoted prose take. */
const LINES_ABOVE = 40;

function begun(runs: Run[], above: readonly Span[], attributed: boolean): Run {
  const run: Run = { above, attributed, lines: [] };
  runs.push(run);
  return run;
}

/** Whether anything can be searched for: dashes, stars and ASCII boxes cannot. */
function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]{2}/u.test(text);
}

/** The first words that the author wrote: greetings included, quotes and patches not. */
export function proseOf(message: Message, limit: number): string {
  const texts: string[] = [];
  let length = 0;
  for (const block of message.blocks) {
    if (block.kind !== 'prose' || block.depth > 0) continue;
    const text = message.text.slice(block.span.start, block.span.end);
    texts.push(text);
    length += text.length;
    if (length > limit * 16) break;
  }
  return texts.join('\n');
}
