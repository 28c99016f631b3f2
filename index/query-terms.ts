import { functionWords } from './function-words.js';

/** What is left of `don't`, `isn't` or `we've`, which are split at the apostrophe as FTS5 splits them. */
const CONTRACTIONS = 'd ll m re ve don doesn didn isn'.split(' ');

/** The words that are not searched for. The last ones do tell sentences apart: answers compare them. */
const STOP_WORDS = new Set([...functionWords, ...CONTRACTIONS, ...'done gets may might mine much must'.split(' ')]);

/** Longer questions are read this far: nobody asks more, and a pasted log would otherwise be searched word by word. */
const MAX_QUESTION = 4000;
const MAX_TERMS = 24;

/**
 * What a question is searched by: FTS5 phrases, ready quoted. Words without stop words; identifiers, paths and version numbers
 * (`devm_memremap_pages`, `drivers/md/raid5.c`) as a whole, which FTS5 reads as a phrase of their parts, and their parts; what stands in
 * double quotes as a phrase. Where a question is made of stop words alone, they are its terms.
 */
export function queryTerms(question: string): string[] {
  const text = question.slice(0, MAX_QUESTION).toLowerCase();
  const phrases = [...text.matchAll(/["“„]([^"“”„]{2,200})["”]/gu)].map(([, phrase]) => wordsOf(phrase ?? ''));
  const chunks = [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:(?:[_./@+-]+|::)[\p{L}\p{M}\p{N}]+)*/gu)].map(([chunk]) =>
    wordsOf(chunk),
  );
  const whole = [...phrases, ...chunks]
    .filter((words) => words.length > 1)
    .map((words) => words.slice(0, 12).join(' '));
  const words = chunks.flat();
  const telling = words.filter(
    (word) => !STOP_WORDS.has(word) && (word.length > 1 || /\p{N}|[^\p{ASCII}]/u.test(word)),
  );
  const terms = new Set([...(telling.length > 0 ? telling : words), ...whole]);
  return [...terms].slice(0, MAX_TERMS).map(quoted);
}

function wordsOf(chunk: string): string[] {
  return chunk.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
}

/** An FTS5 string: nothing in it is syntax. `wordsOf` leaves no quote or NUL in it. */
function quoted(words: string): string {
  return `"${words}"`;
}

/** An FTS5 query for look-ups: every word must be there, the last may be half typed. Null where there is no word. */
export function lookUpQuery(words: string): string | null {
  const found = wordsOf(words.slice(0, 300).toLowerCase()).slice(0, MAX_TERMS);
  return found.length === 0 ? null : `${found.map(quoted).join(' ')}*`;
}
