import type { Library, LibraryMessage } from '../index/library.js';
import { displayName } from '../mail/mailbox.js';
import { isReplySubject, patchOf } from '../mail/subject.js';
import type { ThreadMember } from '../mail/thread.js';
import type { StatusNote } from './answer.js';
import { permalinksOf } from './compose.js';
import { personKey } from './person.js';

/** The highest later version of a patch by the same author: v4 of the same title supersedes v3. Empty where there is none. */
export function laterVersion(
  library: Library,
  message: LibraryMessage,
  members: readonly ThreadMember[],
): StatusNote[] {
  const patch = patchOf(message.subject);
  if (patch === null || isReplySubject(message.subject)) return [];
  const author = personKey(displayName(message.from));
  const title = patch.title.toLowerCase();
  const others = [
    ...members
      .filter(({ subject }) => isVersionOf(subject, title))
      .flatMap(({ messageId }) => library.message(messageId) ?? []),
    ...library.lookUp(patch.title, 10),
  ];
  let latest: { readonly message: LibraryMessage; readonly version: number } | null = null;
  for (const other of others) {
    const version = patchOf(other.subject)?.version ?? 0;
    const same = isVersionOf(other.subject, title) && personKey(displayName(other.from)) === author;
    if (same && version > Math.max(patch.version, latest?.version ?? 0)) latest = { message: other, version };
  }
  if (latest === null) return [];
  const { messageId, date, subject, from } = latest.message;
  const by = displayName(from);
  return [{ kind: 'superseded', by, at: date, messageId, text: subject, permalinks: permalinksOf(latest.message) }];
}

function isVersionOf(subject: string | null, title: string): boolean {
  return subject !== null && !isReplySubject(subject) && patchOf(subject)?.title.toLowerCase() === title;
}
