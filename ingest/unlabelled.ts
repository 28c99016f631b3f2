import { labelBlocks } from '../mail/label.js';
import type { Message } from '../mail/message.js';

/**
 * A message as threads pass it to each other. Blocks are thousands of small objects, and labelling the text again is cheaper than a structured
 * clone of them.
 */
export type Unlabelled = Omit<Message, 'blocks'>;

/** Copies all but the blocks. A spread would call their getter, and so label the text for nothing. */
export function withoutBlocks(message: Message): Unlabelled {
  const { messageId, inReplyTo, references, from, to, cc, date, subject, text, attachments } = message;
  const { origins, contentHash, robot } = message;
  return {
    ...{ messageId, inReplyTo, references, from, to, cc, date, subject, text, attachments },
    ...{ origins, contentHash, robot },
  };
}

/** The message with its text labelled when somebody first asks for it. */
export function labelledLater(message: Unlabelled): Message {
  let blocks: Message['blocks'] | null = null;
  return {
    ...message,
    get blocks() {
      return (blocks ??= labelBlocks(message.text));
    },
  };
}
