import { sentFor } from './on-behalf.js';
import { isRole } from './role.js';

/** Words before a name that belong to the verb or the date. */
const BEFORE =
  /^(?:as|and then|and|then|user|пользователь|użytkownik|odes.{1,2}latel|von|by|from|vom|um|hat|ha|,|;|\*|'s message of)(?=\s)/iu;
const AFTER = /\s+(?:thusly|outgrape|verbalised|told this|uttered the following)$/iu;
const EDGES = /^[\s,;:"'“”„«»*_<>()[\]=|，、~-]+|^\?(?=\p{Lu})|\s\?$|[\s,;:"'“”„«»*_<>([\]=|，、~-]+$/gu;

/** The name that pieces of an attribution line make, without what mail programs put around it; null where they make none. */
export function nameOf(pieces: readonly string[]): string | null {
  // What stands on either side of the verb is a name and its date, not both the name.
  const parts = pieces.join(' ').split('¦');
  const named = (parts.find((part) => /\p{L}/u.test(part)) ?? '').trim().replace(BEFORE, '');
  const name = (sentFor(named) ?? named)
    // An address that was cut off, or lost its `@`: `Ann Lee <ann`, `Ann Lee [ann`.
    .replace(/(?<=\p{L}.*)\s*(?:<|\s\[).*$/u, '')
    .replace(/\s+via\s.*$/iu, '')
    .replace(AFTER, '')
    .replace(EDGES, '')
    .replace(/\s+于$/u, '');
  return name === '' || !/\p{L}/u.test(name) ? null : name;
}

/** A name, not a sentence: few words, of which the first is capitalised, or is no word of English. */
export function looksLikeName(name: string): boolean {
  const words = name.split(' ');
  if (name.length > 80 || words.length > 8) return false;
  // A lost letter is shown as `?`, in a name too: `Herv? Pag?s`, `Matthias Br??ndli`.
  if (/!|(?<![\p{L}?])\?+(?![\p{L}?])|\?{3}|\.\s\S+\s\S+\s\S+\s|https?:/u.test(name)) return false;
  return !/\b(?:the|that|this|which|is|was|have|has|had|what|when|but|not|to|it)\b/u.test(name);
}

/** Whoever is spoken to or spoken of is not named by that. */
const PRONOUN = /(?:^|\s)(?:you|i|he|she|we|they|mailto)$/iu;

/**
 * Whether somebody can be credited under a name: no remains of dates, paths and lines of logs (signs that no name has, a clock, words that begin
 * with a digit), nobody who only sends what others wrote. `9:25 PM, Ann Lee`, `active sync /dev/sdb1` and `valves-request` are none.
 */
export function namesSomebody(name: string): boolean {
  if (/[/=#\\{}|“”：]|--|\d[:.h]\d\d|[年月]\d|周/u.test(name) || /(?:^|\s)[+-]?\d/u.test(name)) return false;
  return /(?:^|[\s("'])\p{L}/u.test(name) && !PRONOUN.test(name) && !isRole(name);
}
