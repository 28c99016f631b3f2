import type { Hit, Library } from '../../index/library.js';
import type { MailDate } from '../../mail/date.js';
import type { MessageId } from '../../mail/message-id.js';
import type { NearThread } from '../answer.js';
import { listOf, permalinksOf } from '../quote/compose.js';
import { subjectOf } from '../words.js';

/** The threads of the best hits, each once: where to read on when nothing answers. */
export function nearestThreads(library: Library, hits: readonly Hit[], limit: number): NearThread[] {
  const threads = new Map<MessageId, NearThread>();
  for (const { passage } of hits) {
    if (threads.size >= limit) break;
    const message = library.message(passage.messageId);
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

function lastDate(library: Library, rootId: MessageId): MailDate | null {
  let last: MailDate | null = null;
  for (const { date, present } of library.thread(rootId)?.members ?? []) {
    if (present && date !== null && (last === null || date.instant > last.instant)) last = date;
  }
  return last;
}
