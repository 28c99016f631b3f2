import { isMinted, mintMessageId, type MessageId } from '../mail/message-id.js';
import type { Message, Origin } from '../mail/message.js';
import type { LibraryWriter } from '../index/library.js';
import { isConflict, mergeMessages, sameMessage } from './merge.js';
import type { Tally } from './report.js';
import { withoutBlocks } from './unlabelled.js';

/** Set once the library holds a message whose Message-ID is not known: only then can a message with an id be another copy of one without. */
const MINTED_MARK = 'has-minted';

/** Puts a message into the library, as one with the copies of it that are there, and gives the id it has there. Call it within a transaction. */
export function shelve(writer: LibraryWriter, message: Message, tally: Tally): MessageId {
  const known = writer.message(message.messageId);
  if (known !== null && isConflict(known, message)) return shelveConflict(writer, known, message, tally);
  if (known !== null) return unite(writer, known, message, tally);
  const twin = twinOf(writer, message);
  if (twin !== null) return unite(writer, twin, message, tally);
  put(writer, message);
  tally.added++;
  return message.messageId;
}

/**
 * Two messages with one Message-ID are both kept. The earlier one keeps the id, whichever comes first; the other gets a minted one.
 */
function shelveConflict(writer: LibraryWriter, known: Message, message: Message, tally: Tally): MessageId {
  const keeper = mergeMessages(known, message);
  const other = keeper === known ? message : known;
  const minted = { ...withoutBlocks(other), messageId: mintMessageId(other.contentHash), blocks: other.blocks };
  if (keeper !== known) put(writer, keeper);
  const there = writer.message(minted.messageId) ?? twinOf(writer, minted);
  if (there !== null) return unite(writer, there, minted, tally);
  put(writer, minted);
  tally.added++;
  return keeper === known ? minted.messageId : keeper.messageId;
}

/** The copy of `message` that is there under another Message-ID, where one of the two ids is minted. */
function twinOf(writer: LibraryWriter, message: Message): Message | null {
  const minted = isMinted(message.messageId);
  if (!minted && writer.mark('', MINTED_MARK) === null) return null;
  const twins = writer.twins(message.date?.instant ?? null, message.contentHash);
  return twins.find((twin) => (minted || isMinted(twin.messageId)) && sameMessage(twin, message)) ?? null;
}

/** Makes one message of two copies. */
function unite(writer: LibraryWriter, known: Message, copy: Message, tally: Tally): MessageId {
  if (isSaidAlready(known, copy)) {
    const fresh = copy.origins.filter((origin) => !isHeld(known.origins, origin));
    const gained = fresh.filter((origin) => writer.addOrigin(known.messageId, origin));
    if (gained.length > 0) tally.updated++;
    else tally.duplicates++;
    return known.messageId;
  }
  const merged = mergeMessages(known, copy);
  if (merged.messageId !== known.messageId) writer.drop(known.messageId);
  else if (isSaidAlready(known, merged) && merged.origins.every((origin) => isHeld(known.origins, origin))) {
    tally.duplicates++;
    return known.messageId;
  }
  put(writer, merged);
  tally.updated++;
  return merged.messageId;
}

function put(writer: LibraryWriter, message: Message): void {
  if (isMinted(message.messageId)) writer.setMark('', MINTED_MARK, '1');
  writer.put(message);
}

/** Whether `copy` says nothing that `known` does not: the common case, when a source is read again. */
function isSaidAlready(known: Message, copy: Message): boolean {
  if (known.messageId !== copy.messageId || known.text !== copy.text || known.subject !== copy.subject) return false;
  return JSON.stringify(headersOf(known)) === JSON.stringify(headersOf(copy));
}

function headersOf({ from, to, cc, date, inReplyTo, references, attachments }: Message): unknown {
  const { instant, offset } = date ?? { instant: null, offset: null };
  return [mailbox(from), to.map(mailbox), cc.map(mailbox), instant, offset, inReplyTo, references, attachments];
}

function mailbox({ name, address, masked }: Message['from']): unknown {
  return [name, address, masked];
}

/** The same place, perhaps at another offset: a file that grew or was packed anew is no second archive. */
function isHeld(origins: readonly Origin[], { source, list, permalink }: Origin): boolean {
  return origins.some(
    (held) => held.source === source && held.list === list && (permalink === undefined || held.permalink === permalink),
  );
}

/** Takes a message away from one source (public-inbox `d`): it vanishes, unless another archive holds it too. False where it was not there. */
export function withdraw(writer: LibraryWriter, message: Message, source: string): boolean {
  const known = writer.message(message.messageId) ?? twinOf(writer, message);
  if (known === null || !known.origins.some((origin) => origin.source === source)) return false;
  const origins = known.origins.filter((origin) => origin.source !== source);
  if (origins.length === 0) return writer.drop(known.messageId);
  writer.put({ ...withoutBlocks(known), origins, blocks: known.blocks });
  return true;
}
