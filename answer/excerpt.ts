import type { LibraryMessage } from '../index/library.js';
import { displayName } from '../mail/mailbox.js';
import { personKey } from './question/person.js';
import { writerOf } from './quote/lines.js';
import { wordsOf } from './words.js';

/** So much is shown on each side of a quote, and of a message's beginning. */
const sideLength = 900;
const excerptLength = 500;

/** The beginning of what a message says outside of quotes; null where the stored message is damaged. */
export function excerptOf(message: LibraryMessage): string | null {
  const words = wordsOf(message);
  return words.kind === 'damaged' ? null : firstLines(`${otherWriter(message)}${words.own.trim()}`, excerptLength);
}

/** `From: Ann Lee <ann@example.org>`, where a patch that is sent on has it: without it, its words would read as the sender's. */
function otherWriter(message: LibraryMessage): string {
  const { text, blocks, from } = message;
  const sender = personKey(displayName(from));
  const others = blocks.find((block) => block.kind === 'prose' && personKey(writerOf(message, block)) !== sender);
  const said = others?.attributedBy === undefined ? undefined : blocks[others.attributedBy];
  return said === undefined ? '' : `${text.slice(said.span.start, said.span.end).trim()}\n\n`;
}

/** The beginning of a text, up to a line's end. */
export function firstLines(text: string, most = sideLength): string {
  if (text.length <= most) return text.trimEnd();
  const cut = text.slice(0, most);
  const end = cut.lastIndexOf('\n');
  return `${(end > most / 2 ? cut.slice(0, end) : cut).trimEnd()}\n[…]`;
}

/** The end of a text, from a line's beginning. */
export function lastLines(text: string): string {
  if (text.length <= sideLength) return text.trimStart();
  const cut = text.slice(-sideLength);
  const start = cut.indexOf('\n');
  return `[…]\n${(start >= 0 && start < sideLength / 2 ? cut.slice(start + 1) : cut).trimStart()}`;
}
