import type { LibraryMessage } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import { displayName } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import { personKey } from './question/person.js';
import { isIntact } from './words.js';

/** Who wrote a message that is not in the archive, and when: as the attribution line of a reply that quotes it says. */
export interface Attributed {
  readonly author: string;
  /** The quoting program's wall clock. */
  readonly date: MailDate | null;
  /** The first reply whose attribution line says so. */
  readonly namedBy: MessageId;
}

/** Said of author and date of such a message wherever they are shown. */
export const namedNotice = 'named in an attribution line';

/** Missing messages whose author the replies to them name, by Message-ID. Those that replies disagree on are left out. */
export function attributedBy(replies: readonly LibraryMessage[]): ReadonlyMap<MessageId, Attributed> {
  const agreed = new Map<MessageId, Attributed>();
  const disputed = new Set<MessageId>();
  for (const { id, ...said } of replies.flatMap(attributionsIn)) {
    const known = agreed.get(id);
    if (known === undefined) agreed.set(id, said);
    else if (personKey(known.author) !== personKey(said.author)) disputed.add(id);
    else if (known.date === null && said.date !== null) agreed.set(id, said);
  }
  for (const id of disputed) agreed.delete(id);
  return agreed;
}

function attributionsIn(reply: LibraryMessage): (Attributed & { readonly id: MessageId })[] {
  const sources = reply.blocks.flatMap(({ source }) =>
    source?.kind === 'named' && source.messageId !== null ? [{ ...source, messageId: source.messageId }] : [],
  );
  if (sources.length === 0 || !isIntact(reply)) return [];
  return sources.map(({ messageId, name, date }) => ({
    id: messageId,
    author: displayName({ name, address: null, masked: null }),
    date,
    namedBy: reply.messageId,
  }));
}
