import { contentHash } from '../mail/content-hash.js';
import { minuteOf } from '../mail/date.js';
import { mintMessageId, type MessageId } from '../mail/message-id.js';
import type { Message, Sighting } from '../mail/message.js';
import { samePerson } from '../mail/person.js';
import { normaliseSubject } from '../mail/subject.js';
import type { StoredSighting } from '../index/library.js';
import type { OverviewMember } from './readers/reader.js';

/** The messages that a library holds, as far as overviews need them. */
export interface Present {
  /** Messages sent in the same minute, perhaps with others. */
  near(instant: number): readonly Message[];
  has(id: MessageId): boolean;
}

/**
 * Gives each line of a thread overview its Message-ID and its parent's. Where the overview shows no id, a line takes that of the message that it
 * speaks of, or the one that its reply's In-Reply-To names; else one is minted from what the line says, so that the same line is the same sighting
 * wherever it stands.
 */
export function placeOverview(members: readonly OverviewMember[], present: Present): StoredSighting[] {
  const messages = members.map(({ sighting }) => messageOf(sighting, present));
  const ids = members.map(({ sighting }, at) => sighting.messageId ?? messages[at]?.messageId ?? null);
  members.forEach(({ parent }, at) => {
    const replied = repliedTo(messages[at] ?? null);
    if (parent === null || replied === null || ids[parent] !== null) return;
    if (!ids.includes(replied) && !present.has(replied)) ids[parent] = replied;
  });
  const sure = members.map(({ sighting }, at) => ids[at] ?? mintMessageId(contentHash({ ...sighting, text: '' })));
  return members.map(({ sighting, parent }, at) => {
    const messageId = sure[at] as MessageId;
    const parentId = parent === null ? null : (sure[parent] ?? null);
    return { ...sighting, messageId, parentId: parentId === messageId ? null : parentId };
  });
}

/** The present message that a line speaks of, where there is exactly one. */
function messageOf(sighting: Sighting, present: Present): Message | null {
  const { date, from, subject } = sighting;
  if (date === null) return null;
  const key = normaliseSubject(subject);
  const fitting = present
    .near(date.instant)
    .filter(
      (message) =>
        message.date !== null &&
        minuteOf(message.date) === minuteOf(date) &&
        samePerson(message.from, from) !== 'no' &&
        normaliseSubject(message.subject) === key,
    );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function repliedTo(message: Message | null): MessageId | null {
  return message?.inReplyTo[0] ?? message?.references.at(-1) ?? null;
}
