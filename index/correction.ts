import type Database from 'better-sqlite3';
import { changedWords } from './plain-words.js';
import { stemmed } from './stem.js';
import { openTermHolders } from './term-weights.js';

/** Shorter words have too many neighbours to tell which one was meant. */
const SHORTEST = 4;
/** In words from this length on, a letter too many or too few is a slip as well. */
const LONG = 8;
/** A word that so few passages hold may be somebody's slip itself. */
const HELD_BY = 3;
/** A word that passages hold is a slip, too, where the one with two letters the other way round stands in so many times more. */
const COMMONER = 100;
/** Shorter words that passages hold are words: "dose" is none of "does". */
const LONGER = 6;
/** No word of a language is longer; what is longer is no slip. */
const LONGEST = 24;
/** Where more than this share of a question's words, or so many of them, are unknown, it is in another language, or a pasted log. */
const MOST_UNKNOWN = { share: 0.5, words: 8 };

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Whether a lower-cased word is one of a language, whatever the archive holds. */
export type KnownWords = (word: string) => boolean;

/** A word that the language model does not know, and how many passages hold it. */
interface Strange {
  readonly word: string;
  readonly held: number;
}

/**
 * Puts right what a question has surely misspelt: a word that neither the archive nor the language model knows, and that is a word of the
 * archive but for a typist's slip (two letters the wrong way round, a double letter, in a long word a letter too many or too few). Names,
 * identifiers and what stands in double quotes stay; so does a word that was meant to be another by guess only, which `openSpelling` adds
 * that one to.
 */
export function openCorrection(
  db: Database.Database,
  openKnown: () => Promise<KnownWords>,
): (question: string) => Promise<string> {
  const heldBy = openTermHolders(db);
  const inSubjects = db
    .prepare<[string], number>("SELECT doc FROM temp.passage_vocabulary WHERE term = ? AND col = 'subject'")
    .pluck();

  function commonest(words: Iterable<string>, least: number): string | null {
    const held = [...new Set(words)]
      .map((word) => ({ word, passages: heldBy(stemmed(word)) }))
      .filter(({ passages }) => passages >= least)
      .sort((a, b) => b.passages - a.passages || (a.word < b.word ? -1 : 1));
    return held[0]?.word ?? null;
  }

  function strangeWord(word: string): Strange {
    return { word, held: Math.max(heldBy(stemmed(word)), inSubjects.get(stemmed(word)) ?? 0) };
  }

  function meant({ word, held }: Strange): string {
    if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) return word;
    if (held > 0) {
      return word.length < LONGER ? word : (commonest(withLettersSwapped(word), held * COMMONER) ?? word);
    }
    const near = commonest([...withLettersSwapped(word), ...withLettersDoubled(word)], HELD_BY);
    if (near !== null || word.length < LONG) return near ?? word;
    const inForm = (others: readonly string[]): string[] =>
      others.filter((other) => endingOf(other) === endingOf(word));
    const [more, less] = [inForm(withLettersMore(word)), inForm(withLettersLess(word))];
    return commonest(more, HELD_BY) ?? commonest(less, HELD_BY) ?? word;
  }

  return async (question) => {
    const isKnown = await openKnown();
    const words = new Set<string>();
    changedWords(question, (word) => (words.add(word.toLowerCase()), word));
    const strange = [...words].filter((word) => !isKnown(word)).map(strangeWord);
    const unknown = strange.filter(({ held }) => held === 0).length;
    if (unknown > Math.min(Math.max(1, words.size * MOST_UNKNOWN.share), MOST_UNKNOWN.words)) return question;
    const corrections = new Map(strange.map((one) => [one.word, meant(one)]));
    return changedWords(question, (word, begins) =>
      isName(word, begins) ? word : asWritten(word, corrections.get(word.toLowerCase()) ?? word),
    );
  };
}

/** A capital letter within a sentence, or more of them, make a name. */
function isName(word: string, begins: boolean): boolean {
  return /\p{Lu}/u.test(begins ? word.slice(1) : word);
}

function asWritten(word: string, other: string): string {
  if (word.toLowerCase() === other) return word;
  return /^\p{Lu}/u.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
}

/** How many letters of a word its stem leaves out: "ionizing" is no slip of "ironizing", which is not held where "iron" is. */
function endingOf(word: string): number {
  return word.length - stemmed(word).length;
}

/** A word with each two letters that follow each other the other way round. */
function withLettersSwapped(word: string): string[] {
  return [...word.slice(1)]
    .map((letter, at) => word.slice(0, at) + letter + word.charAt(at) + word.slice(at + 2))
    .filter((other) => other !== word);
}

/** A word with one letter doubled, or one of two equal ones left out. */
function withLettersDoubled(word: string): string[] {
  return [...word].map((letter, at) =>
    word.charAt(at + 1) === letter
      ? word.slice(0, at) + word.slice(at + 1)
      : word.slice(0, at) + letter + word.slice(at),
  );
}

/** A word with one letter more; its first one stays. */
function withLettersMore(word: string): string[] {
  return [...word].flatMap((_, at) => LETTERS.map((letter) => word.slice(0, at + 1) + letter + word.slice(at + 1)));
}

/** A word with one letter less; its first one stays. */
function withLettersLess(word: string): string[] {
  return [...word.slice(1)].map((_, at) => word.slice(0, at + 1) + word.slice(at + 2));
}
