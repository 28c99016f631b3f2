import { createHash } from 'node:crypto';
import type { Message, Origin } from '../../mail/message.js';
import type { MessageId } from '../../mail/message-id.js';
import type { PassageDraft } from '../../index/passage.js';
import type { WovenThread } from '../../index/library.js';
import { labelBlocks } from '../../mail/label.js';

export const DIMENSIONS = 256;

export function id(text: string): MessageId {
  return text as MessageId;
}

export type MessageParts = Partial<Omit<Message, 'messageId' | 'blocks'>> & { readonly messageId: string };

/** An invented message; what is not given is plain. */
export function message(parts: MessageParts): Message {
  const { messageId, ...rest } = parts;
  const text = rest.text ?? `The text of ${messageId}.\n`;
  return {
    messageId: id(messageId),
    inReplyTo: [],
    references: [],
    from: { name: 'Ada Palm', address: 'ada@example.org', masked: null },
    to: [],
    cc: [],
    date: { instant: Date.UTC(2024, 2, 1, 12, 0, 0), offset: 60 },
    subject: 'Kettles',
    text,
    attachments: [],
    blocks: labelBlocks(text),
    origins: [origin({})],
    contentHash: createHash('sha256').update(text).digest('hex'),
    robot: false,
    ...rest,
  };
}

export function origin(parts: Partial<Origin>): Origin {
  return { source: '/archives/tea.mbox', list: 'tea', locator: '0', ...parts };
}

/** One passage that holds a message's whole text. */
export function passageOf(of: Message, parts: Partial<PassageDraft> = {}): PassageDraft {
  const end = of.text.endsWith('\n') ? of.text.length - 1 : of.text.length;
  return {
    messageId: of.messageId,
    kind: 'own',
    speaker: of.from,
    saidAt: of.date,
    sourceId: of.messageId,
    spans: [{ start: 0, end }],
    fields: { own: of.text.slice(0, end), subject: of.subject, quoted: '', parent: '', opening: '' },
    ...parts,
  };
}

/** A thread of messages, each replying to the one before, each with one passage. */
export function chain(messages: readonly Message[], passages = messages.map((each) => [passageOf(each)])): WovenThread {
  return {
    rootId: (messages[0] as Message).messageId,
    members: messages.map((each, depth) => ({
      member: {
        messageId: each.messageId,
        parentId: messages[depth - 1]?.messageId ?? null,
        depth,
        present: true,
        author: each.from.name,
        date: each.date,
        subject: each.subject,
      },
      sources: [],
      passages: passages[depth] ?? [],
    })),
  };
}

/** A unit vector that depends on the text alone. */
export function vectorFor(text: string, dimensions = DIMENSIONS): Float32Array {
  const vector = new Float32Array(dimensions);
  let state = createHash('sha1').update(text).digest().readUInt32LE(0) || 1;
  let squares = 0;
  for (let at = 0; at < dimensions; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = state / 2 ** 31 - 1;
    vector[at] = value;
    squares += value * value;
  }
  return vector.map((value) => value / Math.sqrt(squares));
}

export function vectorsFor(threads: readonly WovenThread[]): Float32Array[] {
  return threads.flatMap(({ members }) =>
    members.flatMap(({ passages }) => passages.map(({ fields }) => vectorFor(fields.own))),
  );
}
