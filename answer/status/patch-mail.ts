import type { LibraryMessage } from '../../index/library.js';
import { isReplySubject, patchOf, type PatchSubject } from '../../mail/subject.js';
import type { ThreadMember } from '../../mail/thread.js';
import { personKey } from '../question/person.js';

/**
 * What the subject of a mail that brings a patch (or a series' cover letter) says of it; null for others: `Re: [PATCH 3/8]` is most often a
 * remark on the patch, and a patch only where it carries one.
 */
export function patchMail({ subject, blocks }: Pick<LibraryMessage, 'subject' | 'blocks'>): PatchSubject | null {
  const patch = patchOf(subject);
  if (patch === null || !isReplySubject(subject)) return patch;
  return blocks.some(({ kind, depth }) => kind === 'patch' && depth === 0) ? patch : null;
}

/**
 * The mail that heads the series of a patch, which is what replies to the whole series answer: the cover letter, or the first patch where there
 * is none. Found upwards in the thread through patches of the same author, version and length; null where the archive lacks it.
 */
export function headOfSeries(message: LibraryMessage, members: readonly ThreadMember[]): ThreadMember | null {
  const patch = patchOf(message.subject);
  if (patch === null || patch.number === null || patch.number === 0) return null;
  const byId = new Map(members.map((member) => [member.messageId, member]));
  let head: ThreadMember | null = null;
  let above = byId.get(message.messageId);
  const author = personKey(above?.author ?? '');
  for (let steps = patch.number; steps > 0 && above?.parentId != null; steps -= 1) {
    above = byId.get(above.parentId);
    const other = above?.subject == null || isReplySubject(above.subject) ? null : patchOf(above.subject);
    if (other === null || above === undefined || personKey(above.author ?? '') !== author) break;
    if (other.version !== patch.version || other.total !== patch.total || other.number === null) break;
    if (other.number <= 1) head = above;
  }
  return head;
}
