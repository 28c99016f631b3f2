import type { Library } from '../../index/library.js';
import { answersTo } from './person.js';

/** Two or three capitalised words in a row may be a name; one after "did" or "does" too ("what did Andrew say"). */
const fullNamePattern =
  /\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: (?:van|von|de|der|den|la|le))*(?: \p{Lu}[\p{L}'’-]+){1,2}/gu;
const askedPattern = /\b(?:did|does|do|would|according to|by) (\p{Lu}[\p{L}'’-]+)/gu;

/** Nothing that would make it the first word of a full name. */
const alone = /(?![\p{L}'’-]| \p{Lu}| (?:van|von|de|der|den|la|le) )/u.source;
/** Among the few people of a conversation, these may name one, too: "and Andrew?", "Did Andrew agree?". */
const mentioning = /\b(?:[Dd]id|[Dd]oes|[Dd]o|[Ww]ould|[Aa]nd|[Aa]bout|from|of) (\p{Lu}[\p{L}'’-]+)/u.source;
const mentionPattern = new RegExp(mentioning + alone, 'gu');
const askedAlonePattern = new RegExp(askedPattern.source + alone, 'gu');

/** What may be names of people in a question. */
export interface NamesAsked {
  readonly full: readonly string[];
  /** First or last names of those whose words are asked for, and those of them that are no part of a full name. */
  readonly single: readonly string[];
  readonly alone: readonly string[];
  /** Words that are names only where somebody in the conversation bears them. */
  readonly mentioned: readonly string[];
}

export function namesIn(text: string): NamesAsked {
  const bare = (name: string): string => name.replace(/['’]s?$/u, '');
  const after = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => bare(name));
  const full = [...text.matchAll(fullNamePattern)].flatMap(([name]) => namesWithin(name).map(bare));
  return { full, single: after(askedPattern), alone: after(askedAlonePattern), mentioned: after(mentionPattern) };
}

/** The author of the archive whom a question names, as the archive writes the name; null where it names none. */
export function findAuthor(library: Pick<Library, 'authors'>, { full, single }: NamesAsked): string | null {
  for (const name of [...full, ...single]) {
    const known = knownAuthor(library, name);
    if (known !== null) return known;
  }
  return null;
}

/** Who says most of those with a name; null where nobody has it. */
export function knownAuthor(library: Pick<Library, 'authors'>, name: string): string | null {
  return library.authors(name, 5).find((author) => answersTo(author, name)) ?? null;
}

/** `Why Dan Williams` holds the name `Dan Williams`: a sentence's first word is capitalised too. */
function namesWithin(name: string): string[] {
  const words = name.split(' ');
  return words.length > 2 ? [name, words.slice(1).join(' '), words.slice(0, -1).join(' ')] : [name];
}
