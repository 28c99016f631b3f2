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
/** `Best`, `With kind regards`: without a comma, fewer are. */
const bareClosing = /^\p{Lu}[\p{L}'’]{1,15}(?:\s+\p{L}{1,16}){0,2}$/u;
/** `Hope this helps, Una`. */
const closingWithName = /^\p{L}\S{0,15}(?:\s+\S{1,16}){0,3},\s+(?<name>\S.{0,40})$/u;
/** `Una Petrel, East Cliff`. */
const nameFirst = /^(?<name>\p{L}\S*(?: \p{L}\S*){1,3}),\s/u;
/** A line below a name that sets off an address. */
const ruledOff = /^[^\p{L}\p{N}\n]*\n\s*[-=_+*~]{4,}/u;

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
    const worded = lines.findIndex((words) => /\p{L}/u.test(words));
    const line = lines[worded] ?? '';
    const [before, next] = [sentences[at - 1], sentences[at + 1]];
    const opens = before?.paragraph !== sentence.paragraph;
    const ends = next?.paragraph !== sentence.paragraph;
    const below = text.slice(sentence.start + lines.slice(0, worded + 1).join('\n').length, end);
    signed ||= opens && signsWithAddress(line, below, isName);
    const nameOnly = isName(line) && (opens || (ends && beginsLine(text, before, sentence)));
    const lastWord = at > 0 && at === last && oneWord.test(line) && !announced(text, before);
    const wishWithName = at > 0 && opens && ends && isName(closingWithName.exec(line)?.groups?.['name'] ?? '');
    const signs = linesIn(text, sentence).length === 1 && (nameOnly || lastWord || wishWithName);
    const greets = at === 0 && greeted.test(lines.join());
    const closed = closes(text, [before, sentence, next, sentences[at + 2]], isName);
    return signed || signs || greets || closed ? { ...sentence, kind: 'courtesy' } : sentence;
  });
}

/** Whether a line is a name with an address below it, or a full name with an address behind it. */
function signsWithAddress(line: string, below: string, isName: (line: string) => boolean): boolean {
  if (below.length > longestContact) return false;
  if (isName(line)) return contact.test(below) || ruledOff.test(below);
  const name = nameFirst.exec(line)?.groups?.['name'] ?? '';
  return isName(name) && contact.test(line + below);
}

/**
 * Whether a sentence is no more than a closing line above the speaker's own name, which ends its paragraph, or above that or the last word of
 * all in a paragraph of its own.
 */
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
  if (more.length > 0 || !beginsLine(text, before, sentence) || next?.paragraph === sentence.paragraph) return false;
  const bare = name !== undefined && before.paragraph !== sentence.paragraph && bareClosing.test(line);
  if (!bare && !closing.test(line)) return false;
  if (name !== undefined) return isName(name);
  if (next === undefined || next.gapBefore || next.paragraph === behind?.paragraph) return false;
  const below = linesIn(text, next);
  const signs = (words: string): boolean => isName(words) || (behind === undefined && oneWord.test(words));
  return below.length === 1 && below.every(signs);
}

function beginsLine(text: string, before: Sentence | undefined, { start }: Sentence): boolean {
  return text.slice(before?.end ?? 0, start).includes('\n');
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
    const isOne = (word: string): boolean => names.includes(word) || (word.length === 1 && initials.includes(word));
    return sorted([...words]) === initials || words.split(' ').every(isOne);
  };
}

function sorted(letters: readonly string[]): string {
  return [...letters].sort().join('');
}
