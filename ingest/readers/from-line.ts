import { fieldName } from '../header.js';

/** What a separator line of an mbox looks like. */
export type FromLineStyle =
  /** public-inbox's `From mboxrd@z …`: what follows is mboxrd for certain. */
  | 'public-inbox'
  /** `git format-patch`'s `From <commit> Mon Sep 17 00:00:00 2001`. */
  | 'format-patch'
  | 'plain';

/** No separator is longer. */
export const maxFromLine = 1000;

const start = 'From ';
// asctime(3) with what mail software adds: seconds left out, a zone before or after the year. pipermail writes the
// sender as `ann at example.org`, so that blanks may stand before the date.
const date =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2}|\d{1,2} +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[ ,]+(?:\d{4} +)?\d{1,2}:\d\d(?::\d\d)?(?: +[A-Z+-][A-Za-z0-9:+-]{0,8}){0,2}(?: +\d{4})?/;
const commit = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001$/;

/** The style of a separator line (without its line end), or null where it is none. */
export function fromLineStyle(line: string): FromLineStyle | null {
  if (!line.startsWith(start) || line.length > maxFromLine) return null;
  if (commit.test(line)) return 'format-patch';
  const found = date.exec(line);
  if (found === null || found.index === start.length || !/\d{4}/.test(found[0])) return null;
  return line.startsWith('From mboxrd@z ') ? 'public-inbox' : 'plain';
}

/**
 * Whether `line` separates messages in an mbox whose first separator has `style`, given the line after it: a message
 * starts with a header field. Bodies hold lines that start with `From ` and a date, mostly patches and forwarded
 * mailboxes. A format-patch line separates only where the whole mbox is a patch series.
 */
export function separates(line: string, next: string, style: FromLineStyle): boolean {
  const found = fromLineStyle(line);
  if (found === null || (found === 'format-patch' && style !== 'format-patch')) return false;
  // Some mailers left a second `From ` or `>From ` line above the header.
  return next === '' || fieldName(next) !== null || fromLineStyle(next.replace(/^>/, '')) !== null;
}
