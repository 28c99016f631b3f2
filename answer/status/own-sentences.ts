import { displayName } from '../../mail/mailbox.js';
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

/**
 * What the sender of a message wrote, sentence by sentence, code left out; those that run over a line end are told as they stand. The words of
 * whoever's patch they send on are not theirs.
 */
export function ownSentences(message: Message): OwnSentence[] {
  const lines = linesOf(message, { kind: 'own', speaker: displayName(message.from) });
  return sentencesOf(message.text, lines.slice(0, mostLines))
    .filter(({ kind, end, start }) => kind !== 'code' && end - start <= longest)
    .map(({ start, end }) => ({ words: message.text.slice(start, end), start }));
}

/** A sentence without its line ends, which may stand anywhere in it: `Pushed`, and below it, `this out`. */
export function oneLine(words: string): string {
  return words.replace(/\s+/gu, ' ');
}
