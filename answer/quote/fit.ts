import type { Hit } from '../../index/library.js';
import { nearlyCovered, type Meaning } from '../../index/rerank/meaning.js';
import { closeness, coverage, type AnswerForm, type Asked } from '../asked.js';
import type { Sentence } from './sentences.js';
import { termsOf, type Term } from '../terms.js';

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

/** Whether a sentence has what an answer of such a form has. */
export function answersInForm(form: AnswerForm, text: string): boolean {
  return formPatterns[form]?.test(text) ?? false;
}

/** What counts beside the question's words that are held: those of them that stand close together, that are neared in meaning, the form. */
const gains = { close: 0.3, near: 0.5, form: 0.1 };

/** How well what some sentences say fits a question, about 0 to 2: for comparing messages. */
export function fitOf(asked: Asked, sentences: readonly Judged[]): number {
  const terms = sentences.flatMap((one) => one.terms);
  const meanings = sentences.map(({ meaning }) => meaning);
  const answers = sentences.some(({ text }) => answersInForm(asked.form, text));
  return (
    coverage(asked, new Set(terms)) +
    gains.close * closeness(asked, terms) +
    gains.near * nearlyCovered(asked.ranked, meanings) +
    (answers ? gains.form : 0)
  );
}
