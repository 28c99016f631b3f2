import type { Library, LibraryMessage } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import { messageIdOf, type MessageId } from '../mail/message-id.js';
import type { ThreadMember } from '../mail/thread.js';
import type { Permalink } from './answer.js';
import { listOf, permalinksOf } from './quote/compose.js';
import { attributedBy, type Attributed } from './ghosts.js';
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
  /** For a message that is not there: the reply whose attribution line names author and date; null where they are known otherwise, or not at all. */
  readonly namedBy: MessageId | null;
}

/** The thread that a message (Message-ID, with or without its brackets) is in; null where the archive does not know it. */
export function threadView(library: Pick<Library, 'thread' | 'message'>, reference: string): ThreadView | null {
  const id = messageIdOf(reference);
  const thread = id === null ? null : library.thread(id);
  if (thread === null) return null;
  const messages = thread.members.flatMap(({ messageId }) => library.message(messageId) ?? []);
  const held = new Map(messages.map((message) => [message.messageId, message]));
  const attributed = attributedBy(messages);
  const members = thread.members.map((member) => {
    const message = held.get(member.messageId);
    return message === undefined ? ghostView(member, attributed.get(member.messageId)) : presentView(member, message);
  });
  const [opening] = messages;
  return {
    rootId: thread.rootId,
    subject: members.find(({ subject }) => subject !== null)?.subject ?? '',
    list: opening === undefined ? '' : listOf(opening),
    members,
  };
}

function presentView(member: ThreadMember, message: LibraryMessage): ThreadViewMember {
  const subject = subjectOf(message);
  return { ...member, subject, damaged: subject === null, permalinks: permalinksOf(message), namedBy: null };
}

/** A missing message; where nothing else tells its author, the replies that quote it may. */
function ghostView(member: ThreadMember, attributed: Attributed | undefined): ThreadViewMember {
  const named = member.author === null && attributed !== undefined ? attributed : { namedBy: null };
  return { ...member, damaged: false, permalinks: [], ...named };
}
