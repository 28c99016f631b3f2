import type { Library } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import { messageIdOf, type MessageId } from '../mail/message-id.js';
import type { ThreadMember } from '../mail/thread.js';
import type { Permalink } from './answer.js';
import { listOf, permalinksOf } from './compose.js';
import { subjectOf } from './words.js';

/** A thread for reading: its members in reading order, ghosts (known, not in the archive) among them. */
export interface ThreadView {
  readonly rootId: MessageId;
  readonly subject: string;
  readonly list: string;
  readonly members: readonly ThreadViewMember[];
}

export interface ThreadViewMember {
  readonly messageId: MessageId;
  readonly parentId: MessageId | null;
  readonly depth: number;
  readonly present: boolean;
  readonly author: string | null;
  readonly date: MailDate | null;
  readonly subject: string | null;
  /** The message is not what was stored: its subject is left out. */
  readonly damaged: boolean;
  readonly permalinks: readonly Permalink[];
}

/** The thread that a message (Message-ID, with or without its brackets) is in; null where the archive does not know it. */
export function threadView(library: Pick<Library, 'thread' | 'message'>, reference: string): ThreadView | null {
  const id = messageIdOf(reference);
  const thread = id === null ? null : library.thread(id);
  if (thread === null) return null;
  const members = thread.members.map((member) => viewOf(library, member));
  const first = members.find(({ present }) => present);
  const opening = first === undefined ? null : library.message(first.messageId);
  return {
    rootId: thread.rootId,
    subject: members.find(({ subject }) => subject !== null)?.subject ?? '',
    list: opening === null ? '' : listOf(opening),
    members,
  };
}

function viewOf(library: Pick<Library, 'message'>, member: ThreadMember): ThreadViewMember {
  const message = member.present ? library.message(member.messageId) : null;
  if (message === null) return { ...member, damaged: false, permalinks: [] };
  const subject = subjectOf(message);
  return { ...member, subject, damaged: subject === null, permalinks: permalinksOf(message) };
}
