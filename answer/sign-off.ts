import { personKey } from './person.js';
import type { Sentence } from './sentences.js';

/** `Hadley,` before the first sentence. */
const greeted = /^\p{Lu}[\p{L}.' -]{1,30},$/u;
/** One word by itself at the end, with or without a dash: `Maren`, `-Tony`. */
const oneWord = /^[-–—~\s]*\p{Lu}\p{L}{1,15}$/u;
/** A longer line is no name. */
const longestName = 50;

/**
 * The sentences of a text by somebody, with whom they greet at its beginning and where they sign marked as courtesies: a quote says who
 * speaks, it need not be signed.
 */
export function withCourtesies(text: string, sentences: readonly Sentence[], speaker: string): Sentence[] {
  const names = personKey(speaker).split(' ');
  const initials = sorted(names.map((name) => name.charAt(0)));
  const last = sentences.findLastIndex(({ kind }) => kind !== 'courtesy');
  const isCourtesy = ({ start, end, paragraph }: Sentence, at: number): boolean => {
    if (end - start > longestName || sentences[at - 1]?.paragraph === paragraph) return false;
    const line = text.slice(start, end);
    const words = personKey(line);
    const named = sorted([...words]) === initials || words.split(' ').every((word) => names.includes(word));
    return (words !== '' && named) || (at > 0 && at === last && oneWord.test(line)) || (at === 0 && greeted.test(line));
  };
  return sentences.map((sentence, at) => (isCourtesy(sentence, at) ? { ...sentence, kind: 'courtesy' } : sentence));
}

function sorted(letters: readonly string[]): string {
  return [...letters].sort().join('');
}
