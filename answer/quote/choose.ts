import type { Hit, LibraryMessage } from '../../index/library.js';
import { displayName } from '../../mail/mailbox.js';
import { textAt, type Span } from '../../mail/span.js';
import type { Asked } from '../asked.js';
import { chancesOf, cluesOf, type Clues, type Placed } from './clues.js';
import { fitOf, focused, judge } from './fit.js';
import { cutLines, linesOf, type Voice } from './lines.js';
import { apart, runsOf, wholeness, type Run } from './runs.js';
import { sentencesOf, type Sentence } from './sentences.js';
import { withCourtesies } from './sign-off.js';

/** Sentences of a message that answer. */
export interface Choice {
  readonly hit: Hit;
  readonly message: LibraryMessage;
  readonly voice: Voice;
  readonly spans: readonly Span[];
  readonly text: string;
  /** How likely, 0 to 1, they hold the answer if the message does; less where they do not read well by themselves. */
  readonly chance: number;
  /** How well what they say fits the question, about 0 to 2: for comparing messages, not for showing. */
  readonly fit: number;
}

export const shortestQuote = 40;
export const longestQuote = 500;
/** What a message has beyond so many sentences is not looked at. */
const mostJudged = 120;
/** So much is quoted of one message: a fourth quote of it was never worth more than one of another message. */
const mostChoices = 3;
/** What is less likely to hold a message's answer is not quoted beside its best, even where nothing else is: with 0.1, some answers of the training sets were lost. */
const leastMore = 0.05;
/** The end of what is quoted above a reply: it speaks of that, not of how it began. */
const repliedTail = 500;

/**
 * The runs of neighbouring sentences of a hit's message that are the likeliest to answer, 40 to 500 characters, apart from each other, best
 * first. Of the author, all of the message is looked at: the passage that was found need not be the one that answers. Empty where nothing
 * can be quoted.
 */
export function chooseSentences(asked: Asked, hit: Hit, message: LibraryMessage): Choice[] {
  const { voice, lines, sentences, clues } = readSentences(asked, hit, message);
  const focus = focused(asked, hit);
  const chances = chancesOf(clues);
  const spanned = sentences.map(({ sentence }) => sentence);
  const runs = [...runsOf(message.text, lines, spanned, longestQuote)]
    .filter(({ text }) => text.length >= shortestQuote)
    .map((run) => ({ run, chance: chanceOf(run, chances) * wholeness(message.text, spanned, run) }));
  return bestApart(spanned, runs).map(({ run, chance }) => {
    const { spans, text } = run;
    return { hit, message, voice, spans, text, chance, fit: fitOf(focus, sentences.slice(run.from, run.to)) };
  });
}

function chanceOf({ from, to }: Run, chances: readonly number[]): number {
  return chances.slice(from, to).reduce((sum, chance) => sum + chance, 0);
}

interface Likely {
  readonly run: Run;
  readonly chance: number;
}

function bestApart(sentences: readonly Sentence[], runs: readonly Likely[]): Likely[] {
  const best: Likely[] = [];
  for (const one of [...runs].sort((a, b) => b.chance - a.chance)) {
    if (best.length >= mostChoices || (best.length > 0 && one.chance < leastMore)) break;
    if (best.every(({ run }) => apart(sentences, run, one.run, longestQuote))) best.push(one);
  }
  return best;
}

interface Read {
  readonly voice: Voice;
  readonly lines: readonly Span[];
  readonly sentences: readonly Placed[];
  /** One for each sentence. */
  readonly clues: readonly Clues[];
}

/** The sentences of a hit's message that are its speaker's, with what speaks for each. */
export function readSentences(asked: Asked, hit: Hit, message: LibraryMessage): Read {
  const { passage } = hit;
  const voice: Voice = { kind: passage.kind, speaker: displayName(passage.speaker) };
  const named = linesOf(message, voice);
  // The index gives the message to somebody who has no line in it: the gate is to say so.
  const spoken = voice.kind === 'own' && named.length === 0 ? linesOf(message, { kind: 'own' }) : named;
  const lines = voice.kind === 'own' ? spoken : cutLines(spoken, passage.spans);
  const all = sentencesOf(message.text, lines);
  const found = withCourtesies(message.text, all, displayName(passage.speaker)).slice(0, mostJudged);
  const sentences = found.map((sentence, at) => ({
    ...judge(asked, message.text, sentence),
    repliesTo: voice.kind === 'own' ? quotedAbove(message, sentence, found[at - 1]) : '',
  }));
  return { voice, lines, sentences, clues: cluesOf(focused(asked, hit), sentences) };
}

/** The quoted words between a sentence and the one before it. */
function quotedAbove(message: LibraryMessage, sentence: Sentence, before: Sentence | undefined): string {
  const quote = message.blocks.findLast(({ kind, span }) => kind === 'quote' && span.end <= sentence.start);
  if (quote === undefined || quote.span.end <= (before?.end ?? 0)) return '';
  return textAt(message.text, quote.lines).slice(-repliedTail);
}
