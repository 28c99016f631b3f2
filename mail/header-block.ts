import type { Attribution } from './block.js';
import { parseMailDate } from './date.js';
import {
  dividerWithFields,
  headerField,
  isDivider,
  isForwardEnd,
  isPatchEnvelope,
  type HeaderField,
} from './header-words.js';
import { claim, nextFilled, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';
import { parseMailbox, type Mailbox } from './mailbox.js';
import { isRole } from './role.js';

/** A header block that stands in a body: Outlook's `From: / Sent: / To: / Subject:`, a forward's, or git's in-body `From:`. */
export interface HeaderBlock {
  /** The line after its last. */
  readonly end: number;
  readonly attribution: Attribution;
  readonly fields: ReadonlySet<HeaderField>;
}

/** No header block is longer. */
const MAX_LINES = 60;

/**
 * Finds the header blocks and dividers that set off a message that is quoted without markers. They become attributions, and every
 * line under them that has no fewer markers goes one deeper, up to an end-of-forward line or the end of the text.
 */
export function labelHeaderBlocks(lines: Lines, labels: Labels): void {
  /** By number of markers: how much deeper header blocks at that level have pushed what follows. */
  const pushed: number[] = [];
  /** By number of markers: the same above the first part of a digest. */
  const aboveParts: number[] = [];
  for (let i = 0; i < lines.count;) {
    const marks = lines.marks[i]!;
    const quoted = quotedHeader(lines, i);
    if (quoted === null) {
      if (isForwardEnd(wordsOf(lines, i)) && (pushed[marks] ?? 0) > 0) {
        labels.kind[i] = 'attribution';
        pushed[marks] = pushed[marks]! - 1;
        labels.depth[i] = marks + pushAt(pushed, marks);
      } else labels.depth[i] = marks + pushAt(pushed, marks);
      i++;
      continue;
    }
    // The parts of a digest stand beside each other, not in each other.
    if (quoted.part === true) pushed[marks] = aboveParts[marks] ??= pushed[marks] ?? 0;
    const above = pushAt(pushed, marks);
    for (let at = i; at < quoted.end; at++) labels.depth[at] = marks + above;
    claim(labels, i, quoted.end, 'attribution');
    labels.said.set(i, quoted.attribution);
    if (quoted.self) labels.selfSaid.add(i);
    else {
      const follows = nextFilled(lines, quoted.end);
      const marked = follows < lines.count && lines.marks[follows]! > marks;
      if (!marked) pushed[marks] = (pushed[marks] ?? 0) + 1;
    }
    i = quoted.end;
  }
}

function pushAt(pushed: readonly number[], marks: number): number {
  let sum = 0;
  for (let level = 0; level <= marks && level < pushed.length; level++) sum += pushed[level] ?? 0;
  return sum;
}

const NOBODY: Attribution = { name: null, address: null, date: null, messageId: null };
/** What Mailman sets above the header of each part of a digest. */
const PART = /^\s{0,8}Message:\s{1,3}\d{1,4}\s*$/u;

/** Bugzilla's mails are sent by a daemon, and name whoever wrote the comment in its first line. */
const COMMENT = /^\s{0,3}-{3} Comment #\d{1,6} from (.{2,80}?) [(<]([^\s()<>]{3,120})[)>].{0,60}---\s*$/u;

/** `self`: it names the writer of the message itself. `part`: it is that of a digest's part (RFC 1153, 4). */
type QuotedHeader = HeaderBlock & { readonly self: boolean; readonly part?: boolean };

function quotedHeader(lines: Lines, i: number): QuotedHeader | null {
  const code = lines.text.charCodeAt(lines.content[i]!);
  if (Number.isNaN(code) || lines.content[i]! >= lines.end[i]!) return null;
  const words = wordsOf(lines, i);
  if (isDivider(words) || (/^[\s*]{0,2}_{8,}\s*$/u.test(words) && headerAt(lines, i + 1, false) !== null)) {
    const block = headerAt(lines, i + 1, true);
    if (block !== null) return { ...block, self: false };
    if (/_{8,}|^\s*[-=]+\s*original\s*[-=]+\s*$/iu.test(words)) return null;
    return { end: i + 1, attribution: NOBODY, fields: new Set(), self: false };
  }
  const joined = words.includes('Original') ? dividerWithFields(words) : null;
  if (joined !== null) {
    const { name, address, masked } = withoutList(parseMailbox(plainFrom(joined.from)));
    const attribution = { name, address: address ?? masked, date: parseMailDate(joined.date), messageId: null };
    return { end: i + 1, attribution, fields: new Set(['from', 'date']), self: false };
  }
  if (isPatchEnvelope(words)) {
    const patch = headerAt(lines, i + 1, true);
    if (patch !== null) return { ...patch, self: opensBody(lines, i) };
  }
  const comment = words.includes('--- Comment #') ? COMMENT.exec(words) : null;
  if (comment !== null) {
    const attribution = { ...NOBODY, name: comment[1]!, address: comment[2]! };
    return { end: i + 1, attribution, fields: new Set(), self: true };
  }
  if (PART.test(words)) {
    const part = headerAt(lines, i + 1, true);
    if (part !== null && part.fields.has('from') && part.fields.size >= 2) return { ...part, self: false, part: true };
  }
  if (!setOff(lines, i)) return null;
  const block = headerAt(lines, i, false);
  if (block === null) return null;
  const git = !block.fields.has('to') && block.attribution.address !== null;
  if (git && opensBody(lines, i)) return { ...block, self: true };
  return block.fields.size >= 2 ? { ...block, self: false } : null;
}

/** Whether a line is the first of the text or of a quote: there a lone `From:` names who wrote that very text (a patch's author; GMX's quotes). */
function opensBody(lines: Lines, i: number): boolean {
  if (nextFilled(lines, 0) === i) return true;
  return i > 0 && lines.marks[i - 1]! < lines.marks[i]!;
}

/** Whether a line begins a paragraph of its depth. */
function setOff(lines: Lines, i: number): boolean {
  if (i === 0 || isEmptyLine(lines, i - 1) || lines.marks[i - 1] !== lines.marks[i]) return true;
  return /^\s*(?:[-_=*]{3,}|-+ ?>8.*|\S{1,40}[,:]?)\s*$/u.test(wordsOf(lines, i - 1));
}

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
  const mailbox = from === undefined ? null : withoutList(writerIn(plainFrom(from)));
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

/** `Ann Lee [mailto:ann@example.org]`, `Ann Lee <ann@example.org<mailto:ann@example.org>>`, `… On Behalf Of Ann Lee`: what RFC 5322 would write. */
function plainFrom(value: string): string {
  return value
    .slice(0, 300)
    .replace(
      /^.{0,160}(?:\bon behalf of|\bde la part de|\bim Auftrag von|\ben nombre de|\bper conto di|\bnamens)\s+/iu,
      '',
    )
    .replace(/<mailto:[^<>]*>/giu, '')
    .replace(/[[(]\s*mailto:([^\])]*)[\])]/giu, '<$1>')
    .replace(/\s*\|\s*mailto:[^>]*/giu, '')
    .trim();
}

/** Outlook leaves addresses out, and shows `Lee, Ann` as one name. */
function writerIn(from: string): Mailbox {
  if (/^[^,;@<>"]{1,60},[^,;@<>"]{1,60}$/u.test(from)) {
    return { name: from.replace(/ via .*$/iu, ''), address: null, masked: null };
  }
  return parseMailbox(from);
}

/** A list's own address (`r-help-bounces@…`) says nothing of who wrote. */
function withoutList(mailbox: Mailbox): Mailbox {
  const shown = [mailbox.name, mailbox.address, mailbox.masked];
  return shown.some((part) => part !== null && isRole(part)) ? { name: null, address: null, masked: null } : mailbox;
}

/** Header lines fold: indented, or plainly before the next field. */
function isFolded(lines: Lines, i: number, last: HeaderField): boolean {
  const words = wordsOf(lines, i);
  if (/^\s/u.test(words)) return true;
  if (last === 'to' && /[@;]/u.test(words)) return true;
  if (last === 'from' && /^(?:\[mailto:|<|on behalf of\b)/iu.test(words)) return true;
  for (let at = i + 1; at < lines.count && at < i + 4; at++) {
    if (lines.marks[at] !== lines.marks[i] || isEmptyLine(lines, at)) return false;
    if (headerField(wordsOf(lines, at)) !== null) return true;
  }
  return false;
}
