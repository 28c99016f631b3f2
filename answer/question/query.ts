import type { Library, SearchFilter } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import type { AskRequest } from './request.js';
import { startOfDate } from './dates.js';
import { findAuthor, namesIn, type NamesAsked } from './names.js';

/** A question that has been understood: what to search for, in what, and whose words it asks for. */
export interface Query {
  /** The words to search for, filters taken out. */
  readonly text: string;
  /** The same as they were asked, but for misspelt words that were put right; null where none was. */
  readonly corrected: string | null;
  readonly filter: SearchFilter;
  /** Someone whose words the question asks for (`what did Matthew Wilcox say about …`): preferred, not required. */
  readonly authorHint: string | null;
  /** What may be names in it, as they were written. */
  readonly names: NamesAsked;
  /** How many quotes at most. */
  readonly limit: number;
  /** Root of the thread that the question before was about, where this is a follow-up. */
  readonly thread: MessageId | null;
}

/** What is wrong with a question, said so that the asker can mend it. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}

/** Longer questions are pasted logs or files: what they ask stands at their beginning. */
export const longestQuestion = 2_000;
export const mostQuotes = 10;
const usualQuotes = 5;

/** `key:value` or `key:"several words"`; the keys are the command line's options, and `from` as people know it from mail search. */
const filterPattern = /(?<!\S)(list|after|since|before|until|from|author):(?:"([^"]{1,200})"|(\S{1,200}))/giu;

/**
 * Takes the filters out of a question (`list:linux-mm after:2019-01-01 from:"Dan Williams"`), joins them with the request's own, and
 * finds whom it asks about. Throws `QuestionError` where nothing is asked or a date is none.
 */
export function parseQuery(library: Pick<Library, 'authors'>, request: AskRequest): Query {
  const question = clean(request.question);
  const inside = filtersInside(question);
  const text = question.replace(filterPattern, ' ').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new QuestionError('the question has no words: ask in a sentence or with a few search words');
  }
  const filter = mergeFilters(request, inside);
  const names = namesIn(text);
  const authorHint = filter.author === undefined ? findAuthor(library, names) : null;
  const limit = Math.min(Math.max(Math.trunc(request.limit ?? usualQuotes), 1), mostQuotes);
  return { text, corrected: null, filter, authorHint, names, limit, thread: null };
}

/** Control characters (terminal escapes, NULs from pasted binaries) are no words; whitespace is one blank. */
function clean(question: string): string {
  return question
    .slice(0, longestQuestion)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

interface InnerFilters {
  lists: string[];
  author?: string;
  after?: number;
  before?: number;
}

function filtersInside(question: string): InnerFilters {
  const found: InnerFilters = { lists: [] };
  for (const [, key = '', quoted, bare] of question.matchAll(filterPattern)) {
    const value = quoted ?? bare ?? '';
    switch (key.toLowerCase()) {
      case 'list':
        found.lists.push(value);
        break;
      case 'from':
      case 'author':
        found.author = value;
        break;
      case 'after':
      case 'since':
        found.after = dateOf(key, value);
        break;
      default:
        found.before = dateOf(key, value);
    }
  }
  return found;
}

function dateOf(key: string, value: string): number {
  const instant = startOfDate(value);
  if (instant === null) {
    throw new QuestionError(
      `${key}:${value} is no date: write a year, month or day, such as ${key}:2019 or ${key}:2019-03-05`,
    );
  }
  return instant;
}

/** What the question says itself is closer to the asker than the options around it. */
function mergeFilters(request: AskRequest, inside: InnerFilters): SearchFilter {
  const lists = inside.lists.length > 0 ? inside.lists : (request.lists ?? []);
  const author = inside.author ?? request.author;
  const after = inside.after ?? request.after;
  const before = inside.before ?? request.before;
  return {
    ...(lists.length > 0 ? { lists } : {}),
    ...(author === undefined ? {} : { author }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}
