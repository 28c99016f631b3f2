import type { Attribution } from './block.js';
import { parseMailDate } from './date.js';
import { quotedFrom } from './header-from.js';
import { headerField, type HeaderField } from './header-words.js';
import { nextFilled } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';
import { goesOnSentFor } from './on-behalf.js';

/** A header block that stands in a body: Outlook's `From: / Sent: / To: / Subject:`, a forward's, or git's in-body `From:`. */
export interface HeaderBlock {
  /** The line after its last. */
  readonly end: number;
  readonly attribution: Attribution;
  readonly fields: ReadonlySet<HeaderField>;
}

/** No header block is longer. */
const MAX_LINES = 60;

/** Reads a header block that begins at line `i` (after a divider: after blank lines and in any order of fields). */
export function headerAt(lines: Lines, i: number, divided: boolean): HeaderBlock | null {
  const first = divided ? nextFilled(lines, i) : i;
  if (first >= lines.count || first > i + 3) return null;
  const opening = headerField(wordsOf(lines, first));
  if (opening === null || (!divided && opening.field !== 'from' && opening.field !== 'date')) return null;
  const marks = lines.marks[first]!;
  const values = new Map<HeaderField, string>();
  let end = first;
  let last: HeaderField = opening.field;
  for (let at = first; at < lines.count && at < first + MAX_LINES && lines.marks[at] === marks; at++) {
    const words = wordsOf(lines, at);
    if (words.trim() === '') {
      const next = at + 1 < lines.count ? headerField(wordsOf(lines, at + 1)) : null;
      const repeated = next?.field === 'from' && values.has('from');
      if (next === null || next.field === 'other' || repeated || lines.marks[at + 1] !== marks) break;
      continue;
    }
    const field = headerField(words);
    if (field !== null) {
      if (field.field === 'from' && values.has('from')) break;
      if (!values.has(field.field)) values.set(field.field, field.value);
      last = field.field;
    } else if (values.get(last) === '' || isFolded(lines, at, last))
      values.set(last, `${values.get(last) ?? ''} ${words.trim()}`);
    else break;
    end = at + 1;
  }
  const from = values.get('from');
  if (from === undefined && !(divided && values.size >= 2)) return null;
  // Without a divider only GMX's `Gesendet: / Von: / An: / Betreff:` begins with the date.
  if (!divided && opening.field === 'date' && values.size < 3) return null;
  const mailbox = from === undefined ? null : quotedFrom(from);
  const date = values.get('date');
  return {
    end,
    fields: new Set(values.keys()),
    attribution: {
      name: mailbox?.name ?? null,
      address: mailbox?.address ?? mailbox?.masked ?? null,
      date: date === undefined ? null : parseMailDate(date),
      messageId: null,
    },
  };
}

/** Header lines fold: indented, or plainly before the next field. */
function isFolded(lines: Lines, i: number, last: HeaderField): boolean {
  const words = wordsOf(lines, i);
  if (/^\s/u.test(words)) return true;
  if (last === 'to' && /[@;]/u.test(words)) return true;
  if (last === 'from' && (/^(?:\[mailto:|<)/iu.test(words) || goesOnSentFor(words))) return true;
  for (let at = i + 1; at < lines.count && at < i + 4; at++) {
    if (lines.marks[at] !== lines.marks[i] || isEmptyLine(lines, at)) return false;
    if (headerField(wordsOf(lines, at)) !== null) return true;
  }
  return false;
}
