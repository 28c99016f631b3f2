import type { Library, LibraryMessage } from '../../index/library.js';
import { displayName } from '../../mail/mailbox.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Span } from '../../mail/span.js';
import { isReplySubject, patchOf, type PatchSubject } from '../../mail/subject.js';
import type { ThreadMember } from '../../mail/thread.js';
import { trailersOf } from '../../mail/trailer.js';
import type { StatusNote } from '../answer.js';
import { appliedIn, tookIt, tookOf } from './applied.js';
import { permalinksOf } from '../quote/compose.js';
import { correctionIn, objectionIn } from './doubt.js';
import { ownSentences, type OwnSentence } from './own-sentences.js';
import { headOfSeries, patchMail } from './patch-mail.js';
import { personKey } from '../question/person.js';
import { laterVersion } from './superseded.js';
import { trackedStates } from './tracked.js';

/** Threads of thousands of messages are read this far behind the quoted one. */
const mostReplies = 60;
const mostNotes = 6;

/** What a message and the words chosen from it are: enough to look for what became of them. */
export interface Said {
  readonly spans: readonly Span[];
  /** `speaker`, where it is somebody else than whose mail it is: a patch that was sent on is its author's. */
  readonly voice: { readonly kind: 'own' | 'recovered'; readonly speaker?: string };
}

/**
 * What became of a message: what patch trackers say of the patch, and what the thread later said, which is a later version of the patch, review
 * trailers and objections in the replies' own words, the author's own correction, "applied, thanks" to the patch or its series. Words that a
 * reply only quotes say nothing about its author; nothing is guessed. Recovered words have no message of their own here, so nothing is said of them.
 */
export function statusOf(library: Library, message: LibraryMessage, { spans, voice }: Said): StatusNote[] {
  if (voice.kind === 'recovered') return [];
  const members = library.thread(message.messageId)?.members ?? [];
  const patch = patchMail(message);
  const speaker = voice.speaker ?? displayName(message.from);
  const about = { message, spans, speaker, patch, members };
  const said: StatusNote[] = [];
  for (const messageId of repliesThatCount(message, speaker, members, patch !== null)) {
    const reply = said.length < mostNotes ? library.message(messageId) : null;
    if (reply !== null) said.push(...notesIn(library, reply, about));
  }
  const known = [...trackedStates(library, message), ...laterVersion(library, message, members)];
  const series = said.some(({ kind }) => kind === 'applied') ? [] : seriesApplied(library, about);
  return [...known, ...series, ...said].slice(0, mostNotes);
}

interface About {
  readonly message: LibraryMessage;
  readonly spans: readonly Span[];
  /** Whose words they are. */
  readonly speaker: string;
  /** Of the mail where it brings a patch. */
  readonly patch: PatchSubject | null;
  readonly members: readonly ThreadMember[];
}

/**
 * Below a message in its thread: others' direct replies, whatever its author said later, and answers to replies to a patch, which may say
 * that it was applied. Threads are in reading order, so what is below follows.
 */
function repliesThatCount(
  { messageId, from }: LibraryMessage,
  speaker: string,
  members: readonly ThreadMember[],
  isPatch: boolean,
): MessageId[] {
  const at = members.findIndex((member) => member.messageId === messageId);
  const authors = new Set([speaker, displayName(from)].map(personKey));
  const below = at < 0 ? [] : members.slice(at + 1, at + 1 + mostReplies);
  const depth = members[at]?.depth ?? 0;
  const end = below.findIndex((member) => member.depth <= depth);
  return (end < 0 ? below : below.slice(0, end))
    .filter((member) => member.depth <= depth + (isPatch ? 2 : 1) || authors.has(personKey(member.author ?? '')))
    .flatMap((member) => (member.present ? [member.messageId] : []));
}

function notesIn(library: Library, reply: LibraryMessage, about: About): StatusNote[] {
  const { message, spans, speaker, patch, members } = about;
  const by = displayName(reply.from);
  const place = { messageId: message.messageId, spans };
  const direct = reply.parentId === message.messageId;
  const sentences = ownSentences(reply);
  // A later version explains itself; it is no word about this one.
  if (personKey(by) === personKey(speaker) && patchMail(reply) === null) {
    const words = correctionIn(library, reply, sentences, place, members);
    if (words !== null) return [noteOf(reply, 'corrected', by, words)];
  }
  if (isSameAuthor(reply, message) || personKey(by) === personKey(speaker)) {
    // Maintainers apply their own patches, too; other authors tell what they did with a remark.
    return direct && patch !== null ? appliedNotes(reply, sentences, patch, 'bare') : [];
  }
  if (!direct) {
    return patch !== null && bringsNoPatch(library, reply.parentId)
      ? appliedNotes(reply, sentences, patch, 'bare')
      : [];
  }
  const notes = patch === null ? [] : [...reviewsIn(reply), ...appliedNotes(reply, sentences, patch, 'any')];
  const objection = objectionIn(reply, sentences, place, patch !== null);
  if (objection !== null && !notes.some(({ kind }) => kind === 'nacked'))
    notes.push(noteOf(reply, objection.kind, by, objection.words));
  return notes;
}

/** Below a review or a reminder, `applied` is said of the patch; below a reply with a patch in it, it may be said of that one. */
function bringsNoPatch(library: Library, id: MessageId | null): boolean {
  const between = id === null ? null : library.message(id);
  return between !== null && between.blocks.every(({ kind, depth }) => kind !== 'patch' || depth > 0);
}

function appliedNotes(
  reply: LibraryMessage,
  sentences: readonly OwnSentence[],
  patch: PatchSubject,
  form: 'any' | 'bare',
): StatusNote[] {
  const applied = appliedIn(reply, sentences);
  if (applied === null || !tookIt(applied, patch) || (form === 'bare' && !applied.bare)) return [];
  return [noteOf(reply, 'applied', displayName(reply.from), applied.words)];
}

/** What is said of the series of a patch in answer to its cover letter: most maintainers thank there, once for all of its patches. */
function seriesApplied(library: Library, { message, patch, members }: About): StatusNote[] {
  const head = patch === null ? null : headOfSeries(message, members);
  if (patch === null || head === null) return [];
  const answersHead = members.filter(
    ({ parentId, present, subject, date }) =>
      present &&
      parentId === head.messageId &&
      isReplySubject(subject ?? '') &&
      (date?.instant ?? 0) >= (message.date?.instant ?? Infinity),
  );
  for (const { messageId } of answersHead.slice(0, mostReplies)) {
    const reply = library.message(messageId);
    if (reply === null) continue;
    const applied = appliedIn(reply, ownSentences(reply));
    const took = applied === null ? null : tookOf(applied, patch);
    if (applied === null || took === null || (isSameAuthor(reply, message) && !applied.bare)) continue;
    // Where there is no cover letter, a bare word below the first patch speaks of that patch.
    if (took === 'series' && !isCover(head)) continue;
    const kind = took === 'this' ? 'applied' : 'series-applied';
    return [noteOf(reply, kind, displayName(reply.from), applied.words)];
  }
  return [];
}

function isCover({ subject }: ThreadMember): boolean {
  return patchOf(subject ?? '')?.isCover ?? false;
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

function isSameAuthor(one: LibraryMessage, other: LibraryMessage): boolean {
  return personKey(displayName(one.from)) === personKey(displayName(other.from));
}

function noteOf(reply: LibraryMessage, kind: StatusNote['kind'], by: string, text: string): StatusNote {
  return { kind, by, at: reply.date, messageId: reply.messageId, text, permalinks: permalinksOf(reply) };
}
