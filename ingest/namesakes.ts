import type { Message } from '../mail/message.js';
import { normaliseSubject } from '../mail/subject.js';
import { SUBJECT_REACH } from '../mail/thread-joins.js';

/** The messages with a message's subject that were sent before it, and not long before; in the order they were sent. */
export type Namesakes = (message: Message) => readonly Message[];

/** So many are looked at: a subject that more share is a season's, not a conversation's. */
const NEAREST = 50;

/** Finds messages by subject. Robots, which send one subject over and over, have no namesakes. */
export function openNamesakes(messages: readonly Message[]): Namesakes {
  let bySubject: ReadonlyMap<string, readonly Message[]> | undefined;
  return (message) => {
    const subject = subjectOf(message);
    if (subject === '') return [];
    bySubject ??= grouped(messages);
    const { instant } = message.date ?? { instant: -Infinity };
    const near = (bySubject.get(subject) ?? []).filter(
      ({ date }) => date !== null && date.instant < instant && instant - date.instant <= SUBJECT_REACH,
    );
    return near.slice(-NEAREST);
  };
}

function grouped(messages: readonly Message[]): Map<string, Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of [...messages].sort(byInstant)) {
    const subject = subjectOf(message);
    const group = groups.get(subject);
    if (group === undefined) groups.set(subject, [message]);
    else group.push(message);
  }
  return groups;
}

function subjectOf({ robot, date, subject }: Message): string {
  return robot || date === null ? '' : normaliseSubject(subject);
}

/** Messages without a date come last: what is sent when nobody knows is no source. */
export function byInstant(a: Message, b: Message): number {
  const [one, other] = [a.date?.instant ?? Infinity, b.date?.instant ?? Infinity];
  if (one !== other) return one < other ? -1 : 1;
  return a.messageId < b.messageId ? -1 : Number(a.messageId > b.messageId);
}
