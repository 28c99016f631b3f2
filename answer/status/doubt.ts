import type { Library, LibraryMessage } from '../../index/library.js';
import type { ThreadMember } from '../../mail/thread.js';
import { oneLine, type OwnSentence } from './own-sentences.js';
import { answers, answersOrFollows, type Place } from './quoted-above.js';

/** What somebody says in front of taking words back; other words in front (`perhaps`, `the reason was that`) make it something else. */
const lead = String.raw`^\W{0,3}(?:(?:oh|ah|aha|oops|whoops|ok|okay|sorry|apologies|my apologies|hm+|argh|ugh|gah|d'?oh|yes|yeah|yep|right|indeed|actually|well|no|sigh|of course|sure|and|so|also|but|then|ack|aw)\b[\s,.!:;…–—-]{1,5}){0,3}`;
const takesBack = new RegExp(
  String.raw`${lead}(?:i (?:was|am|got (?:this|that|it)) (?:quite |completely |totally |just |simply |indeed )?(?:wrong|mistaken)\b|i(?: stand|'m) corrected\b|scratch that(?: idea| one| part| last)?\s{0,2}(?:[.,!;:…–—-]|$)|i (?:misread|misremembered)\b(?! you)|i take (?:that|it|this) back\b|my (?:mistake|bad)\b|correction\s?:)`,
  'iu',
);
const ignoreLast = new RegExp(
  String.raw`${lead}(?:please )?(?:ignore|disregard) (?:my|the) (?:previous|last|earlier) (?:e-?mail|mail|message|post|posting|reply|question|note|comment|one|patch|version)\b`,
  'iu',
);
const nackPattern = /^\W{0,3}(?:nacked|nack|nak)\b/iu;
const objectionPattern =
  /^\W{0,3}(?:(?:nack|nak|nacked)\b|i (?:strongly |really |completely |totally |still |also )?(?:disagree|object)\b|(?:no, )?(?:that|this)(?:'s| is| was) (?:simply |just |plain |completely )?(?:wrong|incorrect|not true|not correct|not right|untrue|false)\b|you(?:'re| are) (?:wrong|mistaken)\b)/iu;

/**
 * The sentence in which an author takes words back: below a quote of them, or of somebody's answer to them, else it may be about anything that was
 * said since. `Ignore my last mail` needs no quote, but must be the author's next mail in the thread.
 */
export function correctionIn(
  library: Pick<Library, 'message'>,
  reply: LibraryMessage,
  sentences: readonly OwnSentence[],
  about: Place,
  members: readonly ThreadMember[],
): string | null {
  const found = sentences.find(
    ({ words, start }) =>
      (takesBack.test(oneLine(words)) && answersOrFollows(library, reply, start, about)) ||
      (ignoreLast.test(oneLine(words)) && lastBefore(reply, members)?.messageId === about.messageId),
  );
  return found?.words ?? null;
}

/** What the author of a mail wrote last before it in its thread; undefined for the first, and where the mail has no date. */
function lastBefore({ messageId, date }: LibraryMessage, members: readonly ThreadMember[]): ThreadMember | undefined {
  const author = members.find((member) => member.messageId === messageId)?.author;
  if (date === null || author == null) return undefined;
  const earlier = members.filter(
    (member) => member.author === author && (member.date?.instant ?? Infinity) < date.instant,
  );
  return earlier.reduce<ThreadMember | undefined>(
    (last, member) => ((member.date?.instant ?? 0) >= (last?.date?.instant ?? 0) ? member : last),
    undefined,
  );
}

/** The sentence in which somebody else objects: below a quote of the words, or a NAK to the patch that the message brings. */
export function objectionIn(
  reply: LibraryMessage,
  sentences: readonly OwnSentence[],
  about: Place,
  bringsPatch: boolean,
): { readonly kind: 'nacked' | 'objected'; readonly words: string } | null {
  for (const { words, start } of sentences) {
    if (!objectionPattern.test(oneLine(words))) continue;
    const nacked = bringsPatch && nackPattern.test(words);
    if (nacked || answers(reply, start, about)) return { kind: nacked ? 'nacked' : 'objected', words };
  }
  return null;
}
