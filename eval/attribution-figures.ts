import type { Block } from '../mail/block.js';
import type { Message } from '../mail/message.js';
import { textAt } from '../mail/span.js';

/** What became of one quoted run. */
export type Fate =
  /** Its words stand in an earlier message of the thread, and it is resolved to a message that holds them. */
  | 'resolved'
  /** It is resolved to a message, but another one holds clearly more of its words. */
  | 'resolved elsewhere'
  /** Its words are in the thread, but it has no more than the name that an attribution gives. */
  | 'present, only named'
  | 'present, unresolved'
  /** Its words are in the thread, but only in a message sent later: a copy of a message that is missing. */
  | 'only in a later message'
  /** Its words are in an earlier message of another thread, which has the same subject, or another one. */
  | 'in another thread of its subject'
  | 'in another thread'
  /** Its words are nowhere in the archive. */
  | 'missing, named'
  | 'missing, unattributed';

export interface FateExample {
  readonly fate: Fate;
  readonly message: Message;
  readonly block: Block;
  /** The message that holds most of its words, and how much, 0 to 1. */
  readonly best: Message | null;
  readonly share: number;
}

/** Shorter runs ("Yes.", "Hi Ann,") are not counted: characters of text, markers and white space left out. */
const LEAST_CHARACTERS = 40;
/** So much of a run's rows of words must stand in a message for it to hold the run. */
export const HELD = 0.6;
/** Words in a row that are compared. */
const ROW = 5;

/**
 * Where the quoted runs of a thread come from, by brute force and with none of the code that resolves them: the share of the rows of five words
 * that each message of the thread wrote itself, against what resolving says. `thread`: the present messages, their quotes resolved.
 */
export function fatesOf(thread: readonly Message[]): FateExample[] {
  const rows = new Map<Message, ReadonlySet<string>>();
  for (const message of thread) rows.set(message, new Set(ownRows(message)));
  return thread.flatMap((message) =>
    message.blocks.flatMap((block) => {
      const unmarked = block.source?.kind === 'message' && block.source.unmarked !== undefined;
      if (block.kind !== 'quote' || block.depth === 0 || unmarked) return [];
      const text = textAt(message.text, block.lines);
      if (text.replace(/\s+/gu, '').length <= LEAST_CHARACTERS) return [];
      return [fateOf(message, block, rowsOf(text), rows)];
    }),
  );
}

function fateOf(
  message: Message,
  block: Block,
  quoted: readonly string[],
  rows: ReadonlyMap<Message, ReadonlySet<string>>,
): FateExample {
  let best: Message | null = null;
  let most = 0;
  let later = 0;
  let resolvedShare = 0;
  for (const [other, known] of rows) {
    if (other === message) continue;
    const share = quoted.filter((row) => known.has(row)).length / Math.max(1, quoted.length);
    if (block.source?.kind === 'message' && block.source.messageId === other.messageId) resolvedShare = share;
    if (sentAfter(other, message)) later = Math.max(later, share);
    else if (share > most) [best, most] = [other, share];
  }
  const found = { message, block, best, share: most };
  if (block.source?.kind === 'message') {
    return { ...found, fate: resolvedShare < most - 0.2 && most >= HELD ? 'resolved elsewhere' : 'resolved' };
  }
  const named = block.source?.kind === 'named';
  if (most >= HELD) return { ...found, fate: named ? 'present, only named' : 'present, unresolved' };
  if (later >= HELD) return { ...found, fate: 'only in a later message' };
  return { ...found, fate: named ? 'missing, named' : 'missing, unattributed' };
}

export function sentAfter(a: Message, b: Message): boolean {
  return a.date !== null && b.date !== null && a.date.instant > b.date.instant;
}

/** Rows of what a message says itself, whatever it is: prose, patches, signatures. */
export function ownRows(message: Message): string[] {
  const own = message.blocks.filter(({ kind, depth }) => depth === 0 && kind !== 'attribution');
  return rowsOf(own.map(({ lines }) => textAt(message.text, lines)).join('\n'));
}

function wordsOf(text: string): string[] {
  // Archives mask addresses, each in its own way.
  return (
    text
      .replace(/\S*@\S*/gu, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Every five words in a row; a shorter text is one row. */
export function rowsOf(text: string): string[] {
  const words = wordsOf(text);
  if (words.length <= ROW) return [words.join(' ')];
  return Array.from({ length: words.length - ROW + 1 }, (_, at) => words.slice(at, at + ROW).join(' '));
}
