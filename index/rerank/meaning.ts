import type { WordVectors } from '../word-vectors.js';
import type { RankedQuestion } from './question.js';

/** How close a text comes to a question in meaning. Cosines; 0 where there is no text. */
export interface Meaning {
  readonly whole: number;
  /** Of its closest sentence, and the mean of its two closest. */
  readonly best: number;
  readonly bestTwo: number;
  /** Of its closest sentence that asks. */
  readonly asking: number;
  /** How close its nearest word comes to each term of the question, 0 to 1. */
  readonly near: Float64Array;
}

/** Cosines of words up to this say nothing: most pairs of words have some likeness. */
const UNLIKE = 0.3;
/** Words, and what ends a sentence: a stop with white space behind it, a blank line. */
const TOKENS = /[\p{L}\p{N}]{2,30}|[.!?](?=\s|$)|\n\s*\n/gu;
/** The same in ASCII, which most texts are: twice as quick. */
const ASCII_TOKENS = /[a-z0-9]{2,30}|[.!?](?=\s|$)|\n\s*\n/g;
// eslint-disable-next-line no-control-regex -- all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;
const STOP = /^[.!?\n]/;
/** Fewer words are no sentence. */
const FEWEST = 2;

interface KnownWord {
  readonly vector: Float32Array;
  /** Its product with the question's unit vector. */
  readonly along: number;
  /** Null where it is near to no term, as most words are. */
  readonly near: Float64Array | null;
}

/**
 * Compares texts with a question by the vectors of their words: what an answer says need not be said in the words that were asked. Texts
 * that several candidates share (subjects, openings) are compared once.
 */
export function openMeaning(question: RankedQuestion, words: WordVectors): (text: string) => Meaning {
  const asked = unit(sumOf(words, question.text));
  const terms = question.terms.map(({ word }) => unit(words.of(word)));
  const knownWords = new Map<string, KnownWord>();
  const knownTexts = new Map<string, Meaning>();

  function wordOf(word: string): KnownWord {
    const known = knownWords.get(word);
    if (known !== undefined) return known;
    const vector = words.of(word);
    const read = { vector, along: product(asked, vector), near: nearTo(terms, vector) };
    knownWords.set(word, read);
    return read;
  }

  const whole = new Direction(words.dimensions);
  const sentence = new Direction(words.dimensions);

  function read(text: string): Meaning {
    const near = new Float64Array(terms.length);
    const cosines: number[] = [];
    let asking = 0;
    whole.clear();
    sentence.clear();
    for (const token of tokensOf(text)) {
      if (STOP.test(token)) endSentence(token);
      else {
        const known = wordOf(token);
        sentence.add(known.vector, known.along, 1);
        if (known.near !== null) raise(near, known.near);
      }
    }
    endSentence('');
    return { ...summed(cosines), whole: whole.cosine(), asking, near };

    function endSentence(end: string): void {
      if (sentence.words === 0) return;
      whole.add(sentence.sum, sentence.along, sentence.words);
      if (sentence.words >= FEWEST) {
        const cosine = sentence.cosine();
        cosines.push(cosine);
        if (end === '?') asking = Math.max(asking, cosine);
      }
      sentence.clear();
    }
  }

  return (text) => {
    const known = knownTexts.get(text) ?? read(text);
    knownTexts.set(text, known);
    return known;
  };
}

function summed(cosines: readonly number[]): Pick<Meaning, 'best' | 'bestTwo'> {
  const [best = 0, second = 0] = [...cosines].sort((a, b) => b - a);
  return { best, bestTwo: (best + second) / 2 };
}

/** The sum of vectors, and how far it goes along the question's. */
class Direction {
  readonly sum: Float64Array;
  along = 0;
  words = 0;

  constructor(dimensions: number) {
    this.sum = new Float64Array(dimensions);
  }

  clear(): void {
    this.sum.fill(0);
    this.along = 0;
    this.words = 0;
  }

  add(vector: Vector, along: number, words: number): void {
    const { sum } = this;
    for (let at = 0; at < sum.length; at++) sum[at]! += vector[at]!;
    this.along += along;
    this.words += words;
  }

  cosine(): number {
    return this.along / (Math.sqrt(product(this.sum, this.sum)) || 1);
  }
}

/** How near a word comes to each term, 0 to 1; null where it comes near to none. */
function nearTo(terms: readonly Float32Array[], vector: Float32Array): Float64Array | null {
  const least = UNLIKE * (Math.sqrt(product(vector, vector)) || 1);
  let near: Float64Array | null = null;
  for (let term = 0; term < terms.length; term++) {
    const along = product(terms[term]!, vector);
    if (along <= least) continue;
    near ??= new Float64Array(terms.length);
    near[term] = (along - least) / (least / UNLIKE - least);
  }
  return near;
}

/** Share, 0 to 1, of the question's weight that texts come near to, each term in the text that comes nearest. */
export function nearlyCovered({ terms, totalWeight }: RankedQuestion, meanings: readonly Meaning[]): number {
  const sum = terms.reduce(
    (total, { weight }, term) => total + weight * Math.max(...meanings.map(({ near }) => near[term] ?? 0)),
    0,
  );
  return sum / totalWeight;
}

function tokensOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return lower.match(ASCII.test(lower) ? ASCII_TOKENS : TOKENS) ?? [];
}

/** Raises each number to the other's, where that is greater. */
function raise(numbers: Float64Array, others: Float64Array): void {
  for (let at = 0; at < numbers.length; at++) if (others[at]! > numbers[at]!) numbers[at] = others[at]!;
}

function sumOf(words: WordVectors, text: string): Float32Array {
  const sum = new Float32Array(words.dimensions);
  for (const token of tokensOf(text)) {
    if (!STOP.test(token)) words.of(token).forEach((value, at) => (sum[at]! += value));
  }
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

type Vector = Float32Array | Float64Array;

function product(a: Vector, b: Vector): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
