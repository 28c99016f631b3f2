import { functionWords } from '../../index/function-words.js';
import { termsOf } from '../terms.js';
import type { Query } from './query.js';

/** What people say to each other and to a bot without asking anything: one of these, whatever the archive is about. */
const courtesies = new Set(
  `hi hello hey hiya howdy greetings thanks thank thx ty cheers bye goodbye regards dear congratulations
  hallo danke tschüss bonjour merci salut hola gracias ciao grazie`.split(/\s+/),
);
const phrases = /\b(?:good (?:morning|afternoon|evening|night|day|bot)|how are you|nice to meet you|well done)\b/giu;
/** What may stand beside them. Alone they may be asked about: `nice(2)`, a bot, help pages. */
const companions = new Set([
  ...functionWords,
  ...`again anybody anyone bot bots everybody everyone everything folks friend friends good great guys help kindly lot lots many much nice
  ok okay people please sir team today wonderful yes yours`.split(/\s+/),
]);

/** Whether a text is no more than a greeting, a thank-you or a farewell. */
export function isCourtesy(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .replace(phrases, 'hello')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    words.some((word) => courtesies.has(word)) && words.every((word) => courtesies.has(word) || companions.has(word))
  );
}

/** Whether there is nothing in a question that could be looked up: courtesies, or words that point at nothing where nothing was asked before. */
export function asksNothing({ text, filter }: Query, alone: boolean): boolean {
  if (isCourtesy(text)) return true;
  // What stands in quotes is meant letter by letter, and of a person anything may be asked.
  return alone && filter.author === undefined && !/["“”]/u.test(text) && termsOf(text).length === 0;
}
