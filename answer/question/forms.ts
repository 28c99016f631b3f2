import type { StatusNote } from '../answer.js';
import { termsOf } from '../terms.js';

/** What a follow-up with no subject of its own asks of what was just shown. */

/** How people ask where something stands: these words say nothing about what it is. */
const whereabouts =
  /\b(?:links?|urls?|sources?|references?|citations?|permalinks?|message-?ids?|dates?|authors?|threads?)\b/giu;
const asksFor = /\b(?:who|whom|whose|when|where|which)\b/iu;

/** Whether it asks who said it, when or where: `who said that?`, `when was that?`, `link?`. */
export function asksAgain(text: string): boolean {
  const bare = text.replace(whereabouts, ' ');
  return (bare !== text || asksFor.test(text)) && termsOf(bare).length === 0;
}

const reaction =
  /\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respon(?:ses?|d|ded)|reactions?|react(?:ed)?|comment(?:s|ed)?|(?:dis)?agree(?:s|d)?|object(?:s|ed|ions?)?)\b/giu;
/** What may stand beside it: `did anyone else ever answer?` */
const beside = /\b(?:any|anyone|anybody|else|ever|someone|somebody|everyone|people|get)\b/giu;

/** Whether it asks what others said to it, and no more: `what was the reply?`, `who disagreed?` */
export function asksForReaction(text: string): boolean {
  const bare = text.replace(reaction, ' ');
  return bare !== text && termsOf(bare.replace(beside, ' ')).length === 0;
}

const person = /\b(?:he|she|him|her|his|hers)\b/iu;

/** Whether it speaks of a person whom it does not name. */
export function speaksOfPerson(text: string): boolean {
  return person.test(text);
}

const opening =
  /^(?:(?:no|nope|nah|sorry|wrong(?: one| thread)?|not (?:that|this|it)(?: one| thread)?)\s*[,.:;!–—-]+\s*)+/iu;
const meaning = /^(?:no |nope |nah |sorry |but )?i (?:mean|meant|was asking(?: about)?)\b[\s,.:;!–—-]*/iu;

/** What somebody asks who was not understood: `no, I mean the iomap path` → `the iomap path`; null where it is nothing of the sort. */
export function meantInstead(text: string): string | null {
  const rest = text.trim().replace(opening, '').replace(meaning, '').trim();
  return rest === text.trim() ? null : rest;
}

/** What became of a patch, in the words of those who ask, for each kind of note that may say it. */
const fates: readonly (readonly [RegExp, readonly StatusNote['kind'][]])[] = [
  [
    /\b(?:merged?|appl(?:y|ied)|accepted|landed|queued|committed|upstream(?:ed)?|picked up|taken)\b/iu,
    ['applied', 'series-applied', 'tracked'],
  ],
  [
    /\b(?:newer|new|later|latest|next|updated) (?:version|revision|patch|series|one)\b|\bv\d{1,2}\b|\bsuperseded\b/iu,
    ['superseded'],
  ],
  [/\b(?:review(?:s|ed)?|ack(?:s|ed)?)\b/iu, ['reviewed', 'acked', 'nacked']],
  [/\btest(?:s|ed)?\b/iu, ['tested']],
  [/\b(?:disagree[sd]?|object(?:s|ed|ions?)?|nak|nack|rejected)\b/iu, ['nacked', 'objected']],
  [/\b(?:take it back|took it back|mistaken|correct(?:ed|ion)|wrong)\b/iu, ['corrected']],
];

/** What has a fate. */
const fated = /\b(?:patch(?:es|set)?|series|commits?)\b/giu;

/** A question without the words that ask what became of something: they are no subject. */
export function withoutFate(text: string): string {
  if (fateAsked(text).length === 0) return text;
  const rest = fates.reduce((left, [pattern]) => left.replace(new RegExp(pattern, 'giu'), ' '), text);
  return rest.replace(fated, ' ');
}

/** The kinds of notes that would answer it; empty where it asks for no such thing. */
export function fateAsked(text: string): StatusNote['kind'][] {
  return fates.flatMap(([pattern, kinds]) => (pattern.test(text) ? kinds : []));
}
