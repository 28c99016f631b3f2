import type { Library, LibraryMessage } from '../index/library.js';
import { displayName } from '../mail/mailbox.js';
import type { MessageId } from '../mail/message-id.js';
import type { Span } from '../mail/span.js';
import { isReplySubject, patchOf } from '../mail/subject.js';
import { trailersOf } from '../mail/trailer.js';
import type { ThreadMember } from '../mail/thread.js';
import type { StatusNote } from './answer.js';
import { permalinksOf } from './compose.js';
import { linesOf } from './lines.js';
import { personKey } from './person.js';
import { sentencesOf } from './sentences.js';
import { laterVersion } from './superseded.js';
import { trackedStates } from './tracked.js';

/** Threads of thousands of messages are read this far behind the quoted one. */
const mostReplies = 60;
const mostNotes = 6;

/** What a message and the words chosen from it are: enough to look for what became of them. */
export interface Said {
  readonly spans: readonly Span[];
  readonly voice: { readonly kind: 'own' | 'recovered' };
}

/**
 * What became of a message: what patch trackers say of the patch, and what the thread later said, which is review trailers and objections in the
 * replies' own words, the author's own correction, "applied, thanks", a later version of the patch. Words that a reply only quotes say nothing about its author; nothing is guessed.
 * Recovered words have no message of their own here, so nothing is said of them.
 */
export function statusOf(library: Library, message: LibraryMessage, { spans, voice }: Said): StatusNote[] {
  if (voice.kind === 'recovered') return [];
  const members = library.thread(message.messageId)?.members ?? [];
  const notes = [...trackedStates(library, message), ...laterVersion(library, message, members)];
  for (const { member, direct } of repliesTo(message.messageId, members)) {
    const reply = library.message(member.messageId);
    if (reply === null || notes.length >= mostNotes) continue;
    notes.push(...notesIn(reply, message, spans, direct));
  }
  return notes.slice(0, mostNotes);
}

interface Reply {
  readonly member: ThreadMember;
  readonly direct: boolean;
}

/** Everything below a message in its thread, direct replies marked. Threads are in reading order, so what is below follows. */
function repliesTo(id: MessageId, members: readonly ThreadMember[]): Reply[] {
  const at = members.findIndex((member) => member.messageId === id);
  const depth = members[at]?.depth ?? 0;
  const replies: Reply[] = [];
  for (let next = at + 1; at >= 0 && next < members.length && replies.length < mostReplies; next += 1) {
    const member = members[next];
    if (member === undefined || member.depth <= depth) break;
    if (member.present) replies.push({ member, direct: member.parentId === id });
  }
  return replies;
}

function notesIn(reply: LibraryMessage, about: LibraryMessage, spans: readonly Span[], direct: boolean): StatusNote[] {
  const sameAuthor = personKey(displayName(reply.from)) === personKey(displayName(about.from));
  const sentences = ownSentences(reply);
  if (sameAuthor) {
    const text = sentences.find(({ words }) => correctionPattern.test(words))?.words;
    return text === undefined ? [] : [noteOf(reply, 'corrected', displayName(reply.from), text)];
  }
  if (!direct) return [];
  const notes = patchOf(about.subject) === null ? [] : reviewsIn(reply);
  const applied = sentences.find(({ words }) => appliedPattern.test(words));
  if (applied !== undefined && patchOf(about.subject) !== null) {
    notes.push(noteOf(reply, 'applied', displayName(reply.from), applied.words));
  }
  const objection = sentences.find(({ words, start }) => objects(words, reply, start, about.messageId, spans));
  if (objection !== undefined) {
    const kind = nackPattern.test(objection.words) ? 'nacked' : 'objected';
    if (!notes.some((note) => note.kind === 'nacked'))
      notes.push(noteOf(reply, kind, displayName(reply.from), objection.words));
  }
  return notes;
}

const reviewKinds = new Map<string, StatusNote['kind']>([
  ['acked-by', 'acked'],
  ['reviewed-by', 'reviewed'],
  ['tested-by', 'tested'],
  ['nacked-by', 'nacked'],
]);

/** The review trailers that a reply gives, not those that it quotes. A later version of the patch repeats them: it is no review. */
function reviewsIn(reply: LibraryMessage): StatusNote[] {
  if (!isReplySubject(reply.subject)) return [];
  return trailersOf(reply.text, reply.blocks).flatMap(({ key, name, span }) => {
    const kind = reviewKinds.get(key.toLowerCase());
    const text = reply.text.slice(span.start, span.end);
    return kind === undefined ? [] : [noteOf(reply, kind, name ?? displayName(reply.from), text)];
  });
}

interface OwnSentence {
  readonly words: string;
  readonly start: number;
}

/** What the author of a message wrote, sentence by sentence; those that run over a line end are told as they stand. */
function ownSentences(message: LibraryMessage): OwnSentence[] {
  const lines = linesOf(message, { kind: 'own' }).slice(0, 400);
  return sentencesOf(message.text, lines)
    .filter(({ kind, end, start }) => kind !== 'code' && end - start <= 300)
    .map(({ start, end }) => ({ words: message.text.slice(start, end), start }));
}

const correctionPattern =
  /\b(?:i was (?:wrong|mistaken|confused)|i stand corrected|scratch that|i misread|i misremembered|i take (?:that|it) back|(?:please )?(?:ignore|disregard) (?:my|the) (?:previous|last|earlier)|my (?:mistake|bad)\b|correction:)/i;
const appliedPattern =
  /^(?:i(?:'ve| have)? )?(?:series |both |all |patch(?:es)? |now )?(?:applied|queued|merged|pushed|picked up)\b(?! before| after| when| if| by hand)[^?]*$/i;
const nackPattern = /^\W{0,3}(?:nacked|nack|nak)\b/i;
const objectionPattern =
  /^\W{0,3}(?:(?:nack|nak|nacked)\b|i (?:strongly |really |completely |totally |still |also )?(?:disagree|object)\b|(?:no, )?(?:that|this)(?:'s| is| was) (?:simply |just |plain |completely )?(?:wrong|incorrect|not true|not correct|not right|untrue|false)\b|you(?:'re| are) (?:wrong|mistaken)\b)/i;

/** An objection counts against these words alone: it must follow a quote of them (or, for a NACK, be a reply to the message). */
function objects(words: string, reply: LibraryMessage, start: number, id: MessageId, spans: readonly Span[]): boolean {
  if (!objectionPattern.test(words)) return false;
  if (nackPattern.test(words)) return true;
  const above = reply.blocks
    .filter(({ kind, depth, span }) => kind === 'quote' && depth === 1 && span.end <= start)
    .at(-1);
  if (above?.source?.kind !== 'message' || above.source.messageId !== id) return false;
  return above.source.spans.some((quoted) => spans.some((span) => quoted.start < span.end && span.start < quoted.end));
}

function noteOf(reply: LibraryMessage, kind: StatusNote['kind'], by: string, text: string): StatusNote {
  return { kind, by, at: reply.date, messageId: reply.messageId, text, permalinks: permalinksOf(reply) };
}
