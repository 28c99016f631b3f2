import { contentHash } from '../../mail/content-hash.js';
import { labelBlocks } from '../../mail/label.js';
import { parseMailbox } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Message } from '../../mail/message.js';

/** What a test says of a message; the rest is plain. */
export interface Sketch {
  readonly id: string;
  readonly from?: string;
  readonly at?: string;
  readonly subject?: string;
  readonly text: string;
  readonly answers?: readonly string[];
  readonly cc?: readonly string[];
  readonly source?: string;
  readonly robot?: boolean;
}

/** A labelled message as decoding gives it. `at` is ISO 8601. */
export function message(sketch: Sketch): Message {
  const { id, from = 'Ann Lee <ann@example.org>', at = '2024-03-01T10:00:00Z', subject = 'Valves', text } = sketch;
  const references = (sketch.answers ?? []) as readonly MessageId[];
  const head = { from: parseMailbox(from), date: { instant: Date.parse(at), offset: 0 }, subject, text };
  return {
    ...head,
    messageId: id as MessageId,
    inReplyTo: references.slice(-1),
    references,
    to: [],
    cc: (sketch.cc ?? []).map(parseMailbox),
    attachments: [],
    blocks: labelBlocks(text),
    origins: [{ source: sketch.source ?? 'test.mbox', list: 'test', locator: id }],
    contentHash: contentHash(head),
    robot: sketch.robot ?? false,
  };
}
