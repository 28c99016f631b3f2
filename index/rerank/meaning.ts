import type { WordVectors } from '../word-vectors.js';
import type { RankedQuestion } from './question.js';

/** How close a text comes to a question in meaning. Cosines; 0 where there is no text. */
export interface Meaning {
  readonly whole: number;
  /** Of its closest sentence, the mean of its two closest, and the mean of all. */
  readonly best: number;
  readonly bestTwo: number;
  readonly mean: number;
  /** Of its closest sentence that asks. */
  readonly asking: number;
  /** How close its nearest word comes to each term of the question, 0 to 1. */
  readonly near: Float64Array;
}

/** Cosines of words up to this say nothing: most pairs of words have some likeness. */
const UNLIKE = 0.3;
/** Words, and what ends a sentence: a stop with white space behind it, a blank line. */
const TOKENS = /[\p{L}\p{N}]{2,30}|[.!?](?=\s|$)|\n\s*\n/gu;
const WORD = /^[\p{L}\p{N}]/u;
/** Fewer words are no sentence. */
const FEWEST = 2;

interface KnownWord {
  readonly vector: Float32Array;
  /** Its product with the question's unit vector. */
  readonly along: number;
  readonly near: Float64Array;
}

/**
 * Compares texts with a question by the vectors of their words: what an answer says need not be said in the words that were asked. Texts
 * that several candidates share (subjects, openings) are compared once.
 */
export function openMeaning(question: RankedQuestion, words: WordVectors): (text: string) => Meaning {
  const asked = unit(sumOf(words, question.text.toLowerCase()));
  const terms = question.terms.map(({ word }) => unit(words.of(word)));
  const knownWords = new Map<string, KnownWord>();
  const knownTexts = new Map<string, Meaning>();

  function wordOf(word: string): KnownWord {
    const known = knownWords.get(word);
    if (known !== undefined) return known;
    const vector = words.of(word);
    const length = Math.sqrt(product(vector, vector)) || 1;
    const near = Float64Array.from(terms, (term) =>
      Math.max(0, (product(term, vector) / length - UNLIKE) / (1 - UNLIKE)),
    );
    const read = { vector, along: product(asked, vector), near };
    knownWords.set(word, read);
    return read;
  }

  function read(text: string): Meaning {
    const near = new Float64Array(terms.length);
    const whole = new Direction(words.dimensions);
    const cosines: number[] = [];
    let asking = 0;
    for (const { direction, end } of sentences(text)) {
      whole.add(direction.sum, direction.along);
      if (direction.words < FEWEST) continue;
      cosines.push(direction.cosine());
      if (end === '?') asking = Math.max(asking, direction.cosine());
    }
    return { ...summed(cosines), whole: whole.cosine(), asking, near };

    function* sentences(text: string): Generator<{ direction: Direction; end: string }> {
      let direction = new Direction(words.dimensions);
      for (const token of text.toLowerCase().match(TOKENS) ?? []) {
        if (WORD.test(token)) {
          const known = wordOf(token);
          direction.add(known.vector, known.along);
          for (let term = 0; term < near.length; term++)
            if (known.near[term]! > near[term]!) near[term] = known.near[term]!;
        } else if (direction.words > 0) {
          yield { direction, end: token };
          direction = new Direction(words.dimensions);
        }
      }
      if (direction.words > 0) yield { direction, end: '' };
    }
  }

  return (text) => {
    const known = knownTexts.get(text) ?? read(text);
    knownTexts.set(text, known);
    return known;
  };
}

function summed(cosines: readonly number[]): Pick<Meaning, 'best' | 'bestTwo' | 'mean'> {
  const [best = 0, second = 0] = [...cosines].sort((a, b) => b - a);
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, cosines.length);
  return { best, bestTwo: (best + second) / 2, mean };
}

/** The sum of vectors, and how far it goes along the question's. */
class Direction {
  readonly sum: Float32Array;
  along = 0;
  words = 0;

  constructor(dimensions: number) {
    this.sum = new Float32Array(dimensions);
  }

  add(vector: Float32Array, along: number): void {
    for (let at = 0; at < vector.length; at++) this.sum[at]! += vector[at]!;
    this.along += along;
    this.words += 1;
  }

  cosine(): number {
    return this.along / (Math.sqrt(product(this.sum, this.sum)) || 1);
  }
}

/** Share, 0 to 1, of the question's weight that texts come near to, each term in the text that comes nearest. */
export function nearlyCovered({ terms, totalWeight }: RankedQuestion, meanings: readonly Meaning[]): number {
  const sum = terms.reduce(
    (total, { weight }, term) => total + weight * Math.max(...meanings.map(({ near }) => near[term] ?? 0)),
    0,
  );
  return sum / totalWeight;
}

function sumOf(words: WordVectors, text: string): Float32Array {
  const sum = new Float32Array(words.dimensions);
  for (const token of (text.match(TOKENS) ?? []).filter((token) => WORD.test(token)))
    words.of(token).forEach((value, at) => (sum[at]! += value));
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
