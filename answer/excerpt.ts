import type { LibraryMessage } from '../index/library.js';
import { wordsOf } from './words.js';

/** So much is shown on each side of a quote, and of a message's beginning. */
const sideLength = 900;
const excerptLength = 500;

/** The beginning of what a message's author wrote; null where the stored message is damaged. */
export function excerptOf(message: LibraryMessage): string | null {
  const words = wordsOf(message);
  return words.kind === 'damaged' ? null : firstLines(words.own.trim(), excerptLength);
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
