import type { Hit, LibraryMessage } from '../index/library.js';
import { displayName } from '../mail/mailbox.js';
import { textAt, type Span } from '../mail/span.js';
import { closeness, coverage, type AnswerForm, type Asked } from './asked.js';
import { cutLines, linesOf, type Voice } from './lines.js';
import { sentencesOf, type Sentence } from './sentences.js';
import { termsOf, type Term } from './terms.js';

/** The sentences of a passage that answer best. */
export interface Choice {
  readonly hit: Hit;
  readonly message: LibraryMessage;
  readonly voice: Voice;
  readonly spans: readonly Span[];
  readonly text: string;
  /** How well the sentences fit the question, about 0 to 1: for comparing sentences, not for showing. */
  readonly fit: number;
}

export const shortestQuote = 40;
export const longestQuote = 500;
const mostSentences = 3;
/** A passage has some 180 words; what a broken one has beyond this is not looked at. */
const mostJudged = 120;

/** Chooses one to three neighbouring sentences, 40 to 500 characters, of the hit's passage; null where it has none. */
export function chooseSentences(asked: Asked, hit: Hit, message: LibraryMessage): Choice | null {
  const { passage } = hit;
  const voice: Voice =
    passage.kind === 'own' ? { kind: 'own' } : { kind: 'recovered', speaker: displayName(passage.speaker) };
  const lines = cutLines(linesOf(message, voice), passage.spans);
  const sentences = sentencesOf(message.text, lines).slice(0, mostJudged);
  const focus = focused(asked, hit);
  const judged = sentences.map((sentence) => judge(message.text, sentence));
  let best: Choice | null = null;
  for (const run of runsOf(sentences)) {
    const spans = spansOf(lines, run);
    const text = textAt(message.text, spans);
    if (text.length < shortestQuote || text.length > longestQuote) continue;
    const fit = fitOf(focus, judged.slice(run.from, run.to), run, sentences.length);
    if (best === null || fit > best.fit) best = { hit, message, voice, spans, text, fit };
  }
  return best;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly first: Sentence;
  readonly last: Sentence;
}

/** Neighbouring sentences that may be quoted as one: nothing left out in between, no greeting at either end. */
function* runsOf(sentences: readonly Sentence[]): Generator<Run> {
  for (const [from, first] of sentences.entries()) {
    if (first.kind === 'courtesy') continue;
    for (let to = from + 1; to <= Math.min(from + mostSentences, sentences.length); to += 1) {
      const last = sentences[to - 1];
      if (last === undefined || last.kind === 'courtesy' || (to - 1 > from && last.gapBefore)) break;
      yield { from, to, first, last };
    }
  }
}

/** The lines between the first character of a run and its last. */
function spansOf(lines: readonly Span[], { first, last }: Run): Span[] {
  return lines
    .filter((line) => line.end > first.start && line.start < last.end)
    .map((line) => ({ start: Math.max(line.start, first.start), end: Math.min(line.end, last.end) }));
}

interface Judged {
  readonly sentence: Sentence;
  readonly text: string;
  readonly terms: readonly Term[];
}

function judge(text: string, sentence: Sentence): Judged {
  const words = text.slice(sentence.start, sentence.end);
  return { sentence, text: words, terms: termsOf(words) };
}

/** Words that the question shares with the subject or the quoted words are what all of the passage is about: they tell its sentences apart less. */
function focused(asked: Asked, { passage }: Hit): Asked {
  const around = new Set(termsOf(`${passage.fields.subject} ${passage.fields.quoted}`));
  const weights = new Map([...asked.weights].map(([term, weight]) => [term, around.has(term) ? weight * 0.5 : weight]));
  return { ...asked, weights };
}

const formPatterns: Readonly<Record<AnswerForm, RegExp | null>> = {
  reason:
    /\b(?:because|since|due to|reason|caused?|so that|therefore|otherwise|in order to|that'?s why|turns out|culprit|hence|purpose|raison|motivation|(?:is|was|are|were) to|idea is)\b/i,
  amount: /\d/,
  time: /\b(?:\d{4}|\d{1,2}:\d\d|january|february|march|april|may|june|july|august|september|october|november|december|ago|since|release)\b/i,
  advice:
    /\b(?:try|use|you (?:can|need|should|could|have to|must|want)|should|need to|instead|work ?around|run|set|make sure|simply|just)\b/i,
  person: null,
  any: null,
};

/** Weights that were set by hand: what a run of sentences gains and loses besides the question's words that it holds. */
const gains = {
  close: 0.3,
  form: 0.1,
  early: 0.06,
  perSentence: 0.03,
  full: 0.1,
  codeAlone: 0.12,
  question: 0.15,
  leadIn: 0.1,
  dangling: 0.04,
};

function fitOf(asked: Asked, run: readonly Judged[], { from }: Run, count: number): number {
  const terms = run.flatMap((judged) => judged.terms);
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return 0;
  const form = formPatterns[asked.form];
  let fit =
    coverage(asked, new Set(terms)) +
    gains.close * closeness(asked, terms) +
    gains.perSentence * (run.length - 1) +
    gains.full * (run.reduce((sum, { text }) => sum + text.length, 0) / longestQuote) +
    gains.early * (1 - from / count);
  if (form !== null && run.some(({ text }) => form.test(text))) fit += gains.form;
  if (run.every(({ sentence }) => sentence.kind === 'code')) fit -= gains.codeAlone;
  if (run.every(({ text }) => text.endsWith('?'))) fit -= gains.question;
  // "Try this:" says nothing without what follows.
  if (/[:,]$/.test(last.text)) fit -= gains.leadIn;
  if (from > 0 && /^(?:but|and|so|or|this|that|it|they|he|she|these|those)\b/i.test(first.text)) fit -= gains.dangling;
  return fit;
}
