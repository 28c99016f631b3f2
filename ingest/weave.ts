import { addressIn } from '../mail/address.js';
import { inBodyAuthor } from '../mail/label.js';
import type { Mailbox } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import type { Message } from '../mail/message.js';
import { normaliseSubject, patchOf } from '../mail/subject.js';
import type { Thread, ThreadMember } from '../mail/thread.js';
import { buildThreads } from '../mail/threading.js';
import type { StoredSighting, WovenMessage, WovenThread } from '../index/library.js';
import type { PassageDraft } from '../index/passage.js';
import { addressesIn } from './addresses.js';
import { firstWords } from './paragraphs.js';
import { openNamesakes, type Namesakes } from './namesakes.js';
import { cutPassages, proseOf } from './passages.js';
import { recoverPassages } from './recover.js';
import { resolveThread } from './resolve.js';

/** How much of the parent, and of the thread's first message, is searched with a passage. */
const PARENT_WORDS = 120;
const OPENING_WORDS = 100;

/**
 * What threads make of messages: their places, the sources of their quotes, their passages and the passages recovered from quotes of missing
 * messages. `messages` and `sightings` must be closed under reference (`LibraryWriter.connected`). Pure; the order of the input does not matter.
 */
export function weaveThreads(messages: readonly Message[], sightings: readonly StoredSighting[]): WovenThread[] {
  const byId = new Map(messages.map((message) => [message.messageId, message]));
  const seen = new Map(sightings.map((sighting) => [sighting.messageId, sighting]));
  const namesakes = openNamesakes(messages);
  return buildThreads(messages, sightings).map((thread) => weaveThread(thread, byId, seen, namesakes));
}

function weaveThread(
  thread: Thread,
  byId: ReadonlyMap<MessageId, Message>,
  seen: ReadonlyMap<MessageId, StoredSighting>,
  namesakes: Namesakes,
): WovenThread {
  const resolved = resolveThread(thread, byId, namesakes);
  const messages = [...resolved.values()].map(({ message }) => message);
  const members = new Map(thread.members.map((member) => [member.messageId, member]));
  const openings = new Openings(thread, members, messages);
  const book = addressesIn(
    messages,
    thread.members.flatMap(({ messageId }) => seen.get(messageId) ?? []),
  );
  const recovered = recoverPassages(messages, {
    members,
    around: (id, holder) => openings.around(id === null ? null : (members.get(id) ?? null), holder.subject),
    mailbox: (name, address) => book.repaired({ name, ...shown(address) }),
  });
  openings.fill(recovered);
  return {
    rootId: thread.rootId,
    members: thread.members.map((member): WovenMessage => {
      const found = resolved.get(member.messageId);
      if (found === undefined) return { member, sources: [], passages: [] };
      const { message, sources } = found;
      const [sender, author] = [message.from, authorOf(message)].map((person) => book.repaired(person)) as [
        Mailbox,
        Mailbox,
      ];
      const own = cutPassages(message, { sender, author, ...openings.around(member, message.subject) });
      return { member, sources, passages: [...own, ...(recovered.get(member.messageId) ?? [])] };
    }),
  };
}

/** The openings of a thread's messages; missing ones open with what was recovered of them. */
class Openings {
  readonly #members: ReadonlyMap<MessageId, ThreadMember>;
  readonly #words = new Map<MessageId, string>();
  readonly #thread: Thread;

  constructor(thread: Thread, members: ReadonlyMap<MessageId, ThreadMember>, messages: readonly Message[]) {
    this.#thread = thread;
    this.#members = members;
    for (const message of messages) {
      this.#words.set(message.messageId, firstWords(proseOf(message, PARENT_WORDS), PARENT_WORDS));
    }
  }

  /** Adds what was recovered of missing messages, in the order of the thread. */
  fill(recovered: ReadonlyMap<MessageId, readonly PassageDraft[]>): void {
    for (const { messageId } of this.#thread.members) {
      for (const { sourceId, fields } of recovered.get(messageId) ?? []) {
        if (sourceId === null || this.#members.get(sourceId)?.present === true) continue;
        const before = this.#words.get(sourceId) ?? '';
        if (before.length < PARENT_WORDS * 12) {
          this.#words.set(sourceId, firstWords(`${before} ${fields.own}`, PARENT_WORDS));
        }
      }
    }
  }

  around(member: ThreadMember | null, subject: string): { subject: string; parent: string; opening: string } {
    return {
      subject: searchedSubject(member?.subject ?? subject),
      parent: (member?.parentId && this.#words.get(member.parentId)) ?? '',
      opening: this.#opening(),
    };
  }

  #opening(): string {
    const { rootId } = this.#thread;
    const words = firstWords(this.#words.get(rootId) ?? '', OPENING_WORDS);
    const subject = searchedSubject(this.#members.get(rootId)?.subject ?? '');
    return [subject, words].filter((part) => part !== '').join('\n');
  }
}

/** The subject without reply marks, list tags and patch brackets: the words that say what it is about. */
export function searchedSubject(subject: string): string {
  return patchOf(subject)?.title ?? normaliseSubject(subject);
}

/** Git's in-body From names the author of a patch that somebody else sends. */
function authorOf(message: Message): Mailbox {
  const author = inBodyAuthor(message.text);
  return author === null ? message.from : { name: author.name, ...shown(author.address) };
}

function shown(address: string | null): Pick<Mailbox, 'address' | 'masked'> {
  return (address === null ? null : addressIn(address)) ?? { address: null, masked: null };
}
