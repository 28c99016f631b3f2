import type { Message } from './message.js';
import { textAt } from './span.js';

/** The author's own prose: the lines of all prose blocks, joined by newlines. Equal, up to white space, however the message was read. */
export function ownText(message: Pick<Message, 'text' | 'blocks'>): string {
  return message.blocks
    .filter((block) => block.kind === 'prose')
    .map((block) => textAt(message.text, block.lines))
    .join('\n');
}
