import type { Library, LibraryMessage } from '../../index/library.js';
import { displayName } from '../../mail/mailbox.js';
import { isReplySubject, patchOf, type PatchSubject } from '../../mail/subject.js';
import type { ThreadMember } from '../../mail/thread.js';
import type { StatusNote } from '../answer.js';
import { permalinksOf } from '../quote/compose.js';
import { personKey } from '../question/person.js';

/**
 * The latest version of a patch by the same author: v4 of the same title, sent after v3, supersedes it. Those who start to count anew when an RFC
 * becomes a patch supersede it too. A higher number alone does not: after v12 some start again at 1. Empty where there is none.
 */
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
    ...lookedUp(library, patch.title, displayName(message.from)),
  ];
  let latest: LibraryMessage | null = null;
  for (const other of others) {
    const same = isVersionOf(other.subject, title) && personKey(displayName(other.from)) === author;
    const version = same ? patchOf(other.subject) : null;
    if (version === null || isOfAnotherKind(version, patch)) continue;
    if (isLater(other, latest ?? message) && follows(version, patch)) latest = other;
  }
  if (latest === null) return [];
  const { messageId, date, subject, from } = latest;
  const by = displayName(from);
  return [{ kind: 'superseded', by, at: date, messageId, text: subject, permalinks: permalinksOf(latest) }];
}

/** Twelve versions with their replies: a patch that was sent so often is the one whose last version matters. */
const mostVersions = 40;

/** Those of the author first: replies bear the title, too. */
function lookedUp(library: Library, title: string, author: string): LibraryMessage[] {
  const theirs = library.lookUp(`${title} ${author}`, mostVersions);
  return theirs.length > 0 ? theirs : library.lookUp(title, mostVersions);
}

function isVersionOf(subject: string | null, title: string): boolean {
  return subject !== null && !isReplySubject(subject) && patchOf(subject)?.title.toLowerCase() === title;
}

function isLater({ date }: LibraryMessage, than: LibraryMessage): boolean {
  return date !== null && than.date !== null && date.instant > than.date.instant;
}

function follows(other: PatchSubject | null, patch: PatchSubject): boolean {
  if (other === null) return false;
  return other.version > patch.version || (isDraft(patch) && !isDraft(other));
}

/** A series may bear the title of one of its patches; without a number (`[PATCHSET v3]`), it may be either. */
function isOfAnotherKind(other: PatchSubject, patch: PatchSubject): boolean {
  return other.number !== null && patch.number !== null && other.isCover !== patch.isCover;
}

function isDraft({ prefixes }: PatchSubject): boolean {
  return prefixes.some((prefix) => /^rfc/iu.test(prefix));
}

/** What two messages are to each other: `versions` have one title (so have parts of series that are told alike), `patches` one author alone. */
export type Kinship = 'versions' | 'patches' | 'none';

export function kinshipOf(one: LibraryMessage, other: LibraryMessage): Kinship {
  const [title, otherTitle] = [titleOf(one), titleOf(other)];
  if (one.messageId === other.messageId || title === undefined || otherTitle === undefined) return 'none';
  if (personKey(displayName(one.from)) !== personKey(displayName(other.from))) return 'none';
  return title === otherTitle ? 'versions' : 'patches';
}

/** Of a mail that is sent as a patch, not of a remark on one. */
function titleOf({ subject }: LibraryMessage): string | undefined {
  return isReplySubject(subject) ? undefined : patchOf(subject)?.title.toLowerCase();
}
