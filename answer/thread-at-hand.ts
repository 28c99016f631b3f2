import type { Hit, Library, LibraryMessage, SearchFilter } from '../index/library.js';
import type { MessageId } from '../mail/message-id.js';
import type { StatusNote } from './answer.js';
import { mostHits } from './hits.js';
import { patchMail } from './status/patch-mail.js';
import { statusOf } from './status/status.js';

/** So many replies to one message are looked at. */
const mostReplies = 12;

/** The passage of one message that is nearest to a question; none where the archive holds no words of it that could be quoted. */
export async function passageOf(
  library: Library,
  question: string,
  { lists }: SearchFilter,
  id: MessageId,
): Promise<Hit[]> {
  const message = library.message(id);
  if (message === null) return [];
  // Its thread and its moment leave hardly any other.
  const moment = message.date === null ? {} : { after: message.date.instant, before: message.date.instant + 1 };
  const filter = { ...(lists === undefined ? {} : { lists }), thread: message.rootId, ...moment };
  const hits = await library.search({ question, filter, limit: mostHits });
  return hits.filter(({ passage }) => passage.messageId === id).slice(0, 1);
}

/** The direct replies to a message in the order of the thread, and what stands below them. */
export function below(library: Library, id: MessageId): { replies: MessageId[]; deeper: ReadonlySet<MessageId> } {
  const members = library.thread(id)?.members ?? [];
  const at = members.findIndex(({ messageId }) => messageId === id);
  const after = at < 0 ? [] : members.slice(at + 1);
  const end = after.findIndex(({ depth }) => depth <= (members[at]?.depth ?? 0));
  const all = (end < 0 ? after : after.slice(0, end)).filter(({ present }) => present);
  const isReply = ({ parentId }: { readonly parentId: MessageId | null }): boolean => parentId === id;
  return {
    replies: all
      .filter(isReply)
      .slice(0, mostReplies)
      .map(({ messageId }) => messageId),
    deeper: new Set(all.filter((member) => !isReply(member)).map(({ messageId }) => messageId)),
  };
}

/** Patches are looked for so many replies upwards. */
const mostAbove = 20;

/** A message, what it replies to, and so on upwards. */
function* upwards(library: Library, message: LibraryMessage): Iterable<LibraryMessage> {
  let above: LibraryMessage | null = message;
  for (let steps = 0; above !== null && steps <= mostAbove; steps += 1) {
    yield above;
    above = above.parentId === null ? null : library.message(above.parentId);
  }
}

/** Whether a message is a patch or stands below one. */
export function hasPatch(library: Library, message: LibraryMessage): boolean {
  return [...upwards(library, message)].some((above) => patchMail(above) !== null);
}

/**
 * The message itself, or the patch that it speaks of, whichever has notes of one of `kinds`, followed by the messages that these notes are
 * from; null where there are none.
 */
export function notesAsked(
  library: Library,
  message: LibraryMessage,
  kinds: readonly StatusNote['kind'][],
): MessageId[] | null {
  for (const above of upwards(library, message)) {
    if (above !== message && patchMail(above) === null) continue;
    const whole = { spans: [{ start: 0, end: above.text.length }], voice: { kind: 'own' } as const };
    const notes = statusOf(library, above, whole).filter(({ kind }) => kinds.includes(kind));
    if (notes.length > 0) return [...new Set([above.messageId, ...notes.map((note) => note.messageId)])];
    // The nearest patch is the one that is spoken of.
    if (patchMail(above) !== null) return null;
  }
  return null;
}

/** So many of the best hits are taken for what answers at all. */
const best = 10;

/** The best hits, those that were said after an instant first. */
export function laterFirst(hits: readonly Hit[], since: number): Hit[] {
  const isLater = ({ passage }: Hit): boolean => (passage.saidAt?.instant ?? 0) > since;
  const [first, rest] = [hits.slice(0, best), hits.slice(best)];
  return [...first.filter(isLater), ...first.filter((hit) => !isLater(hit)), ...rest];
}
