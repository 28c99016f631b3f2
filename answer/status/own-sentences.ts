import type { Message } from '../../mail/message.js';
import { linesOf } from '../quote/lines.js';
import { sentencesOf } from '../quote/sentences.js';

/** A sentence of somebody's own words, verbatim, and where it begins. */
export interface OwnSentence {
  readonly words: string;
  readonly start: number;
}

/** Longer mails are read so many lines far. */
const mostLines = 400;
const longest = 300;

/** What the author of a message wrote, sentence by sentence, code left out; those that run over a line end are told as they stand. */
export function ownSentences(message: Message): OwnSentence[] {
  return sentencesOf(message.text, linesOf(message, { kind: 'own' }).slice(0, mostLines))
    .filter(({ kind, end, start }) => kind !== 'code' && end - start <= longest)
    .map(({ start, end }) => ({ words: message.text.slice(start, end), start }));
}
