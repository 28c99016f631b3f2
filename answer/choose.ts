import type { Hit, LibraryMessage } from '../index/library.js';
import { displayName } from '../mail/mailbox.js';
import { textAt, type Span } from '../mail/span.js';
import type { Asked } from './asked.js';
import { fitOf, focused, judge } from './fit.js';
import { cutLines, linesOf, type Voice } from './lines.js';
import { apart, runsOf, spansOf, type Run } from './runs.js';
import { sentencesOf } from './sentences.js';

/** Sentences of a message that answer. */
export interface Choice {
  readonly hit: Hit;
  readonly message: LibraryMessage;
  readonly voice: Voice;
  readonly spans: readonly Span[];
  readonly text: string;
  /** How well what they say fits the question, about 0 to 2: for comparing messages, not for showing. */
  readonly fit: number;
}

export const shortestQuote = 40;
export const longestQuote = 500;
/** What a message has beyond so many sentences is not looked at. */
const mostJudged = 120;

type Judgement = Choice & { readonly run: Run; readonly whole: number };

/**
 * The sentences of a hit's message that answer best, 40 to 500 characters of neighbours, and the best of what stands apart from them. Of the
 * author, all of the message is looked at: the passage that was found need not be the one that answers. Empty where nothing can be quoted.
 */
export function chooseSentences(asked: Asked, hit: Hit, message: LibraryMessage): Choice[] {
  const judged = judgements(asked, hit, message);
  const best = bestOf(judged);
  if (best === null) return [];
  const second = bestOf(judged.filter(({ run }) => apart(run, best.run)));
  return second === null ? [best] : [best, second];
}

function judgements(asked: Asked, hit: Hit, message: LibraryMessage): Judgement[] {
  const { passage } = hit;
  const voice: Voice =
    passage.kind === 'own' ? { kind: 'own' } : { kind: 'recovered', speaker: displayName(passage.speaker) };
  const spoken = linesOf(message, voice);
  const lines = voice.kind === 'own' ? spoken : cutLines(spoken, passage.spans);
  const sentences = sentencesOf(message.text, lines).slice(0, mostJudged);
  const judged = sentences.map((sentence) => judge(asked, message.text, sentence));
  const focus = focused(asked, hit);
  const [start, end] = [passage.spans[0]?.start ?? 0, passage.spans.at(-1)?.end ?? 0];
  return [...runsOf(sentences)].flatMap((run) => {
    const spans = spansOf(lines, run);
    const text = textAt(message.text, spans);
    if (text.length < shortestQuote || text.length > longestQuote) return [];
    const found = run.first.start >= start && run.last.end <= end;
    const { content: fit, whole } = fitOf(focus, judged, run, { text, room: longestQuote, found });
    return [{ hit, message, voice, spans, text, fit, run, whole }];
  });
}

/** The first of those that fit best. */
function bestOf(judged: readonly Judgement[]): Judgement | null {
  return judged.reduce<Judgement | null>((best, one) => (best === null || one.whole > best.whole ? one : best), null);
}
