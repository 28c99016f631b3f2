import { personKey } from '../question/person.js';
import type { Sentence } from './sentences.js';

/** `Hadley,` before the first sentence. */
const greeted = /^\p{Lu}[\p{L}.' -]{1,30},$/u;
/** One word by itself at the end, with or without a dash: `Maren`, `-Tony`, `pg`. It says who writes, unless words above announce it. */
const oneWord = /^[-–—~\s]*\p{L}{1,16}$/u;
/** What stands below a name at the end of a mail: addresses and telephones. */
const contact = /@|\bat\b|\b(?:tel|fax|phone|e-?mail|universit\w*|institut\w*)\b|https?:/i;
/** A longer rest is not only addresses. */
const longestContact = 600;

/** `Have fun,`: so few words above a name hold no more than a wish. On five lists of 101,915 messages, 1,565 such lines were left out. */
const closing = /^\p{L}\S{0,15}(?:\s+\S{1,16}){0,3},\s*$/u;

/**
 * The sentences of a text by somebody, with whom they greet at its beginning, where they sign, how they close above that and what addresses
 * they sign with marked as courtesies: a quote says who speaks, it need not be signed.
 */
export function withCourtesies(text: string, sentences: readonly Sentence[], speaker: string): Sentence[] {
  const isName = nameOf(speaker);
  const end = sentences.at(-1)?.end ?? 0;
  const last = sentences.findLastIndex(({ kind }) => kind !== 'courtesy');
  let signed = false;
  return sentences.map((sentence, at) => {
    const lines = text.slice(sentence.start, sentence.end).split('\n');
    const line = lines.find((words) => /\p{L}/u.test(words)) ?? '';
    const opens = sentences[at - 1]?.paragraph !== sentence.paragraph;
    const named = opens && isName(line);
    const rest = text.slice(sentence.start + lines.indexOf(line) + line.length, end);
    signed ||= named && rest.length <= longestContact && contact.test(rest);
    const alone = linesIn(text, sentence).length === 1;
    const courteous =
      (alone && (named || (at > 0 && at === last && oneWord.test(line) && !announced(text, sentences[at - 1])))) ||
      (at === 0 && greeted.test(lines.join()));
    const around = [sentences[at - 1], sentence, sentences[at + 1], sentences[at + 2]] as const;
    return signed || courteous || closes(text, around, isName) ? { ...sentence, kind: 'courtesy' } : sentence;
  });
}

/** Whether a sentence is no more than a closing line above the speaker's own name, which ends its paragraph, or above that or the last word of all in a paragraph of its own. */
function closes(
  text: string,
  [before, sentence, next, behind]: readonly [
    Sentence | undefined,
    Sentence,
    Sentence | undefined,
    Sentence | undefined,
  ],
  isName: (line: string) => boolean,
): boolean {
  if (before === undefined || sentence.kind !== 'prose') return false;
  const [line = '', name, ...more] = linesIn(text, sentence);
  const beginsLine = text.slice(before.end, sentence.start).includes('\n');
  if (more.length > 0 || !beginsLine || !closing.test(line) || next?.paragraph === sentence.paragraph) return false;
  if (name !== undefined) return isName(name);
  if (next === undefined || next.gapBefore || next.paragraph === behind?.paragraph) return false;
  const below = linesIn(text, next);
  const signs = (words: string): boolean => isName(words) || (behind === undefined && oneWord.test(words));
  return below.length === 1 && below.every(signs);
}

function announced(text: string, before: Sentence | undefined): boolean {
  return before !== undefined && text.slice(before.start, before.end).endsWith(':');
}

/** The lines of a sentence that have words. */
function linesIn(text: string, { start, end }: Sentence): string[] {
  return text
    .slice(start, end)
    .split('\n')
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

/** Whether a line is somebody's name or a part of it, or their initials. */
function nameOf(speaker: string): (line: string) => boolean {
  const names = personKey(speaker).split(' ');
  const initials = sorted(names.map((name) => name.charAt(0)));
  return (line) => {
    const words = personKey(line);
    if (words === '') return false;
    return sorted([...words]) === initials || words.split(' ').every((word) => names.includes(word));
  };
}

function sorted(letters: readonly string[]): string {
  return [...letters].sort().join('');
}
