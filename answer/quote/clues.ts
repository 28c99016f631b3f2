import { nearlyCovered, type Meaning } from '../../index/rerank/meaning.js';
import { coverage, type Asked } from '../asked.js';
import { answersInForm, type Judged } from './fit.js';
import { wordShare } from './segments.js';
import fitted from './clues.json' with { type: 'json' };

/** What speaks for a sentence of a message being the one that answers. */
export interface Clues {
  /** Cosine of it and the question. */
  readonly meaning: number;
  /** The question's words that it holds, as a share, 0 to 1, of what the message's best sentence holds. */
  readonly words: number;
  /** The share, 0 to 1, of the question's words that the sentence before it holds: an answer need not repeat what it speaks of. */
  readonly wordsBefore: number;
  /** The share, 0 to 1, of the question that its paragraph comes near to in meaning. */
  readonly paragraph: number;
  /** The same of the quoted words right above it; 0 where there are none: whoever is asked that replies with the answer. */
  readonly replied: number;
  /** 1 where it has the form of an answer to such a question (a reason, a number), else 0. */
  readonly form: number;
  /** Logarithm of its length. */
  readonly length: number;
  /** The share of it, 0 to 1, that is plain words: code, logs and tables seldom answer. */
  readonly plain: number;
}

export const CLUES = [
  'meaning',
  'words',
  'wordsBefore',
  'paragraph',
  'replied',
  'form',
  'length',
  'plain',
] as const satisfies (keyof Clues)[];

/** A sentence with where it stands. */
export interface Placed extends Judged {
  /** The quoted words right above it; empty where there are none. */
  readonly repliesTo: string;
}

/** The clues of all sentences of a message, in order. */
export function cluesOf(asked: Asked, sentences: readonly Placed[]): Clues[] {
  const held = sentences.map(({ terms }) => coverage(asked, new Set(terms)));
  const most = Math.max(...held, Number.EPSILON);
  const near = nearnessOfParagraphs(asked, sentences);
  return sentences.map(({ sentence, text, meaning, repliesTo }, at) => ({
    meaning: meaning.whole,
    words: (held[at] ?? 0) / most,
    wordsBefore: held[at - 1] ?? 0,
    paragraph: near.get(sentence.paragraph) ?? 0,
    replied: repliesTo === '' ? 0 : nearlyCovered(asked.ranked, [asked.meaningOf(repliesTo)]),
    form: answersInForm(asked.form, text) ? 1 : 0,
    length: Math.log(text.length),
    plain: wordShare(text),
  }));
}

function nearnessOfParagraphs({ ranked }: Asked, sentences: readonly Placed[]): Map<number, number> {
  const paragraphs = new Map<number, Meaning[]>();
  for (const { sentence, meaning } of sentences)
    paragraphs.set(sentence.paragraph, [...(paragraphs.get(sentence.paragraph) ?? []), meaning]);
  return new Map([...paragraphs].map(([paragraph, meanings]) => [paragraph, nearlyCovered(ranked, meanings)]));
}

/** What each clue weighs (`npm run train:clues`). */
export type ClueWeights = Readonly<Record<keyof Clues, number>>;

/** How likely it is, 0 to 1, that each sentence is the one that answers, if one of them does: they sum up to 1. */
export function chancesOf(clues: readonly Clues[], weights: ClueWeights = fitted.weights): number[] {
  const scores = clues.map((clue) => CLUES.reduce((sum, name) => sum + weights[name] * clue[name], 0));
  const highest = Math.max(...scores);
  const masses = scores.map((score) => Math.exp(score - highest));
  const all = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / all);
}
