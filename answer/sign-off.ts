import { personKey } from './person.js';
import type { Sentence } from './sentences.js';

/** `Hadley,` before the first sentence. */
const greeted = /^\p{Lu}[\p{L}.' -]{1,30},$/u;
/** One word by itself at the end, with or without a dash: `Maren`, `-Tony`. */
const oneWord = /^[-–—~\s]*\p{Lu}\p{L}{1,15}$/u;
/** What stands below a name at the end of a mail: addresses and telephones. */
const contact = /@|\bat\b|\b(?:tel|fax|phone|e-?mail|universit\w*|institut\w*)\b|https?:/i;
/** A longer rest is not only addresses. */
const longestContact = 600;

/**
 * The sentences of a text by somebody, with whom they greet at its beginning, where they sign and what addresses they sign with marked as
 * courtesies: a quote says who speaks, it need not be signed.
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
    const alone = lines.filter((words) => /[\p{L}\p{N}]/u.test(words)).length === 1;
    const courteous =
      (alone && (named || (at > 0 && at === last && oneWord.test(line)))) || (at === 0 && greeted.test(lines.join()));
    return signed || courteous ? { ...sentence, kind: 'courtesy' } : sentence;
  });
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
