import type { Hit } from '../index/library.js';
import { nearlyCovered, type Meaning } from '../index/rerank/meaning.js';
import { closeness, coverage, type AnswerForm, type Asked } from './asked.js';
import type { Run } from './runs.js';
import type { Sentence } from './sentences.js';
import { termsOf, type Term } from './terms.js';

/** A sentence with what is asked of it over and over. */
export interface Judged {
  readonly sentence: Sentence;
  readonly text: string;
  readonly terms: readonly Term[];
  readonly meaning: Meaning;
}

export function judge({ meaningOf }: Asked, text: string, sentence: Sentence): Judged {
  const words = text.slice(sentence.start, sentence.end);
  return { sentence, text: words, terms: termsOf(words), meaning: meaningOf(words) };
}

/** Words that the question shares with the subject or the quoted words are what all of the passage is about: they tell its sentences apart less. */
export function focused(asked: Asked, { passage }: Hit): Asked {
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

/**
 * What a run of sentences gains and loses besides the question's words that it holds. Set by hand and tried on the training sets; weights
 * fitted on their few hundred questions were no better on a set that they had not seen.
 */
const gains = {
  close: 0.3,
  near: 0.5,
  form: 0.1,
  found: 0.1,
  early: 0.06,
  paragraph: 0.05,
  perSentence: 0.03,
  full: 0.2,
  codeAlone: 0.12,
  question: 0.15,
  leadIn: 0.1,
  dangling: 0.04,
};

/** How well a run of sentences fits a question. */
export interface Fit {
  /** By what it says, about 0 to 2: comparable between messages. */
  readonly content: number;
  /** With how it stands in its message and reads by itself: comparable among the runs of a message. */
  readonly whole: number;
}

/** `text` is the run's, `room` the length of the longest quote; `found` says whether the passage that the search found holds it. */
export function fitOf(
  asked: Asked,
  judged: readonly Judged[],
  { from, to }: Run,
  { text, room, found }: { readonly text: string; readonly room: number; readonly found: boolean },
): Fit {
  const run = judged.slice(from, to);
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return { content: 0, whole: 0 };
  const content = contentOf(asked, run);
  const before = judged[from - 1];
  let whole =
    content +
    gains.perSentence * (run.length - 1) +
    gains.full * (text.length / room) +
    gains.early * (1 - from / judged.length);
  if (found) whole += gains.found;
  if (before === undefined || before.sentence.paragraph !== first.sentence.paragraph) whole += gains.paragraph;
  if (run.every(({ sentence }) => sentence.kind === 'code')) whole -= gains.codeAlone;
  if (run.every((one) => one.text.endsWith('?'))) whole -= gains.question;
  // "Try this:" says nothing without what follows.
  if (/[:,]$/.test(last.text)) whole -= gains.leadIn;
  if (from > 0 && /^(?:but|and|so|or|this|that|it|they|he|she|these|those)\b/i.test(first.text))
    whole -= gains.dangling;
  return { content, whole };
}

function contentOf(asked: Asked, run: readonly Judged[]): number {
  const terms = run.flatMap((one) => one.terms);
  const form = formPatterns[asked.form];
  const answers = form !== null && run.some(({ text }) => form.test(text));
  return (
    coverage(asked, new Set(terms)) +
    gains.close * closeness(asked, terms) +
    gains.near *
      nearlyCovered(
        asked.ranked,
        run.map(({ meaning }) => meaning),
      ) +
    (answers ? gains.form : 0)
  );
}
