import type { MailDate } from '../../mail/date.js';
import { parseMailbox } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Thread } from '../../mail/thread.js';
import { buildThreads, type PlacedSighting, type ThreadNode } from '../../mail/threading.js';

const START = Date.UTC(2024, 0, 1);

export const id = (name: string): MessageId => `${name}@example.org` as MessageId;

const ANN = parseMailbox('Ann Lee <ann@example.org>');

export const at = (minutes: number): MailDate => ({ instant: START + minutes * 60_000, offset: 0 });

export interface Sketch {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  /** Minutes after the start; null for no date. */
  readonly sent?: number | null;
  readonly answers?: readonly string[];
  readonly references?: readonly string[];
  readonly text?: string;
}

export function node({
  name,
  from,
  to,
  subject = 'Kettles',
  sent = 0,
  answers = [],
  references = [],
  text,
}: Sketch): ThreadNode {
  return {
    messageId: id(name),
    inReplyTo: answers.map(id),
    references: references.map(id),
    from: from === undefined ? ANN : parseMailbox(from),
    ...(to === undefined ? {} : { to: [parseMailbox(to)] }),
    date: sent === null ? null : at(sent),
    subject,
    ...(text === undefined ? {} : { text }),
  };
}

export const minted = (name: string): MessageId => `${name}@missing.invalid` as MessageId;

export function line(
  messageId: MessageId,
  parentId: MessageId | null,
  sent: number,
  from = 'Ann Lee',
  subject = 'Re: Kettles',
): PlacedSighting {
  return { messageId, parentId, from: parseMailbox(from), date: at(sent), subject };
}

/** Threads as indented ids, ghosts in brackets. */
export function drawn(threads: readonly Thread[]): string[] {
  return threads.flatMap(({ members }) =>
    members.map(({ messageId, depth, present }) => {
      const name = messageId.replace('@example.org', '').replace('@missing.invalid', '?');
      return `${'  '.repeat(depth)}${present ? name : `[${name}]`}`;
    }),
  );
}

export function thread(...sketches: readonly Sketch[]): string[] {
  return drawn(buildThreads(sketches.map(node), []));
}
