import type { Attribution } from './block.js';
import { commenter } from './bug-comment.js';
import { parseMailDate } from './date.js';
import { headerAt, type HeaderBlock } from './header-at.js';
import { quotedFrom } from './header-from.js';
import { dividerWithFields, isDivider, isForwardEnd, isPatchEnvelope } from './header-words.js';
import { claim, nextFilled, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

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
    const { name, address, masked } = quotedFrom(joined.from);
    const attribution = { name, address: address ?? masked, date: parseMailDate(joined.date), messageId: null };
    return { end: i + 1, attribution, fields: new Set(['from', 'date']), self: false };
  }
  if (isPatchEnvelope(words)) {
    const patch = headerAt(lines, i + 1, true);
    if (patch !== null) return { ...patch, self: opensBody(lines, i) };
  }
  const comment = commenter(words);
  if (comment !== null) {
    const attribution = { ...NOBODY, name: comment.name, address: comment.address ?? comment.masked };
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
