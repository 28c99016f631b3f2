import type { Library, LibraryMessage } from '../../index/library.js';
import type { MailDate } from '../../mail/date.js';
import type { MessageId } from '../../mail/message-id.js';
import type { NearThread } from '../answer.js';
import { listOf, permalinksOf } from '../quote/compose.js';
import { subjectOf } from '../words.js';

/** The threads of messages, best first, each once: where to read on when nothing answers. */
export function nearestThreads(library: Library, ids: readonly MessageId[], limit: number): NearThread[] {
  const threads = new Map<MessageId, NearThread>();
  for (const id of ids) {
    if (threads.size >= limit) break;
    const message = library.message(id) ?? firstHeld(library, id);
    if (message === null || threads.has(message.rootId)) continue;
    const root = library.message(message.rootId) ?? message;
    const subject = subjectOf(root) || subjectOf(message);
    threads.set(message.rootId, {
      subject: subject ?? '',
      damaged: subject === null,
      list: listOf(root),
      rootId: message.rootId,
      last: lastDate(library, message.rootId) ?? message.date,
      permalinks: permalinksOf(root),
    });
  }
  return [...threads.values()];
}

/** Of a thread whose opening message is missing, the first that is there. */
function firstHeld(library: Library, id: MessageId): LibraryMessage | null {
  const held = library.thread(id)?.members.find(({ present }) => present);
  return held === undefined ? null : library.message(held.messageId);
}

function lastDate(library: Library, rootId: MessageId): MailDate | null {
  let last: MailDate | null = null;
  for (const { date, present } of library.thread(rootId)?.members ?? []) {
    if (present && date !== null && (last === null || date.instant > last.instant)) last = date;
  }
  return last;
}
