import type { Attribution, Block, QuoteSource } from './block.js';
import { looksTyped, printsBelow, wholeLines } from './console.js';
import { displayName } from './mailbox.js';
import { coverage, sharedRuns, type Run } from './matching.js';
import type { Message } from './message.js';
import { mailboxOf, namedSource, sameMoment } from './named-source.js';
import { samePerson } from './person.js';
import { ownSource, quotedSource, sourceSpans } from './quote-source.js';
import { isReplySubject } from './subject.js';
import type { ThreadMember } from './thread.js';
import { unmarkedCopies } from './unmarked-copies.js';
import { wordsIn, type Words } from './word-row.js';

/** Where a message's quotes can come from. */
export interface QuoteContext {
  /** The present messages that it answers, nearest first. */
  readonly ancestors: readonly Message[];
  /** The rest of the thread's earlier messages. */
  readonly others: readonly Message[];
  /** Earlier messages of other threads with the same subject: a reply's references need not lead where its quotes come from. */
  readonly namesakes: readonly Message[];
  /** Parent, grandparent and so on as places in the thread, ghosts included. */
  readonly chain: readonly ThreadMember[];
}

/**
 * Says of each quote of a message where its words come from: `[index into message.blocks, source]`. A text match with an earlier message
 * of the thread decides, whatever the attribution says, and a telling one with a namesake; without one the
 * attribution names the writer of a missing message, tied to the thread's ghost where In-Reply-To, References or an overview tell which it is. Quotes of which nothing can be said are left out. Prose that
 * repeats somebody else's words, and what only looks like a quote, are told too: see `sourcedBlocks`.
 */
export function resolveQuotes(message: Message, context: QuoteContext): (readonly [number, QuoteSource])[] {
  const resolved: (readonly [number, QuoteSource])[] = [];
  message.blocks.forEach((block, index) => {
    if (block.kind !== 'quote' || block.depth === 0) return;
    const words = wordsIn(message.text, block.lines);
    if (words.count === 0) return;
    const said = block.attributedBy === undefined ? null : (message.blocks[block.attributedBy]?.attribution ?? null);
    const source =
      matched(words, block.unclear === true ? null : said, block.depth, context) ??
      (printsBelow(message.text, block, message.blocks[index + 1])
        ? null
        : named(message, block, said, words, context)) ??
      typed(message, block, context);
    if (source !== null) resolved.push([index, source]);
  });
  return [...resolved, ...unmarkedCopies(message, context.ancestors)];
}

/** What an attribution, the thread, or an ancestor that quotes them, too, says of words that are in no message. */
function named(
  message: Message,
  block: Block,
  said: Attribution | null,
  words: Words,
  context: QuoteContext,
): QuoteSource | null {
  return (
    namedSource(message, block, said, context.chain) ?? (block.unclear === true ? null : requoted(words, said, context))
  );
}

/** What the writer typed at a prompt that looks like a quote marker: nobody is named as an author, and no message above holds it. */
function typed(message: Message, block: Block, { chain }: QuoteContext): QuoteSource | null {
  if (block.depth !== 1 || message.blocks.some(({ kind }) => kind === 'attribution')) return null;
  const answersNothing = chain.length === 0 && !isReplySubject(message.subject);
  if (!(answersNothing || chain[0]?.present === true) || !looksTyped(message.text, block)) return null;
  return { kind: 'message', messageId: message.messageId, spans: wholeLines(message.text, block) };
}

/** Fewer words stand in another thread by chance, where the attribution does not name its author, or names somebody else. */
const TELLING_WORDS = { unnamed: 8, otherwise: 20 };

function likelyNamesakes({ count }: Words, said: Attribution | null, { namesakes }: QuoteContext): Message[] {
  const least = count < TELLING_WORDS.unnamed ? 1 : count < TELLING_WORDS.otherwise ? 0 : -1;
  return namesakes.filter((message) => agreement(said, message) >= least);
}

interface Found {
  readonly message: Message;
  readonly runs: readonly Run[];
  readonly share: number;
  readonly score: number;
}

function matched(words: Words, said: Attribution | null, depth: number, context: QuoteContext): QuoteSource | null {
  const best =
    bestOf(words, said, depth, context.ancestors) ??
    bestOf(words, said, Infinity, context.others) ??
    bestOf(words, said, Infinity, likelyNamesakes(words, said, context));
  if (best === null) return null;
  return { kind: 'message', messageId: best.message.messageId, spans: sourceSpans(best.message, best.runs) };
}

function bestOf(words: Words, said: Attribution | null, depth: number, candidates: readonly Message[]): Found | null {
  let best: Found | null = null;
  for (const [rank, message] of candidates.entries()) {
    const runs = sharedRuns(words, ownSource(message).index);
    if (runs.length === 0) continue;
    const share = coverage(words, runs);
    const fit = agreement(said, message);
    const expected = depth !== Infinity && rank === depth - 1;
    if (!enough(words.count, share, fit, expected)) continue;
    const score =
      share +
      [-0.08, 0, 0.12][fit + 1]! +
      (sameMoment(said, message.date) ? 0.1 : 0) +
      (expected ? 0.05 : 0) -
      Math.min(rank, 20) * 0.002;
    if (best === null || score > best.score) best = { message, runs, share, score };
    if (share > 0.98 && fit > 0 && (expected || sameMoment(said, message.date))) break;
  }
  return best;
}

/** Short quotes are found anywhere by chance: the fewer the words, the more must speak for the match. */
function enough(count: number, share: number, fit: number, expected: boolean): boolean {
  if (count < 4) return share === 1 && (fit > 0 || (expected && fit === 0));
  if (count < 8) return share >= 0.7 && (fit > 0 || (expected && fit === 0) || (fit === 0 && share === 1));
  if (fit > 0) return share >= 0.35;
  return share >= 0.6 || (share >= 0.45 && count >= 25);
}

/** 1 where the attribution names the message's author, -1 where it names somebody else, 0 where it does not say. */
function agreement(said: Attribution | null, message: Message): -1 | 0 | 1 {
  if (said === null) return 0;
  const same = samePerson(mailboxOf(said), message.from);
  return same === 'yes' ? 1 : same === 'no' ? -1 : 0;
}

/** Without an attribution of its own, a quote that an ancestor quotes too has the attribution that it has there. */
function requoted(words: Words, said: Attribution | null, context: QuoteContext): QuoteSource | null {
  if (said !== null || words.count < 8) return null;
  for (const ancestor of context.ancestors) {
    const quoted = quotedSource(ancestor);
    const runs = sharedRuns(words, quoted.index);
    if (coverage(words, runs) < 0.6) continue;
    const longest = runs.reduce((a, b) => (b.length > a.length ? b : a));
    const block = ancestor.blocks[quoted.blockOf(longest.source)];
    const by = block?.attributedBy === undefined ? undefined : ancestor.blocks[block.attributedBy]?.attribution;
    if (by === undefined) continue;
    const speaker = mailboxOf(by);
    if ((speaker.name ?? speaker.address ?? speaker.masked) === null) continue;
    return { kind: 'named', name: displayName(speaker), date: by.date, messageId: by.messageId };
  }
  return null;
}
