import { isGroupWise } from './groupwise.js';
import { isSupercite, namesAnnounced, quoteIndent } from './supercite.js';

/** Quote markers besides `>` that a text uses. */
export interface SpecialMarkers {
  /** `|` or `%`, where the text quotes with it. */
  readonly sign: string | null;
  /** Initials and names before a `>`, as Supercite and the writer's own macros set them: `AL> words`. */
  readonly names: ReadonlySet<string>;
  /** How many blanks may stand before the first marker: Emacs VM indents quotes by four. */
  readonly indent: number;
}

/** `| ` and `% ` mark quotes only where they follow an attribution line: tables and comments look like them. */
const SIGN_AFTER_ATTRIBUTION =
  /(?:wrote|writes|said|schrieb|crit|scritto|schreef)\s?(?::|\.\.\.)[ \t]{0,8}\n(?:[> \t]{0,20}\n)?[> \t]{0,20}([|%])(?=[ \n])/u;
const SIGNED_LINE = /^[> \t]{0,20}[|%](?=[ \n])/mu;
/** Ends in a name, with no more than markers before it: somebody else's macros set the names, and replies quote them: `> AL> words`. */
const NAMED_LINE = /^(?:[ \t]{0,3}>){0,8}[ \t]{0,6}([A-Za-z][A-Za-z0-9_-]{0,15})$/u;
/** The longest that stands before the `>` of a named line. */
const MAX_NAMED = 40;
/** Prompts that look like initials. */
const PROMPT = /^(?:R|SQL|PS|FTP|DOS|C|D|CLI|mysql|sqlite|psql|grub|bash|gdb|python|irb|ghci|octave)$/u;

/** Finds out what a text quotes with besides `>`. */
export function specialMarkers(text: string): SpecialMarkers {
  const sign = SIGNED_LINE.test(text) ? (SIGN_AFTER_ATTRIBUTION.exec(text)?.[1] ?? null) : null;
  const indent = quoteIndent(text);
  const counts = namesBeforeMarkers(text);
  const names = new Set<string>();
  if (counts.size === 0) return { sign, names, indent };
  const announced = namesAnnounced(text);
  const attributed = /\b(?:writes|wrote|said|says)\b[^\n]{0,40}:/u.test(text);
  for (const [name, count] of counts) {
    const isName =
      count >= 2 &&
      !PROMPT.test(name) &&
      (announced.size > 0 ||
        /^\p{Lu}/u.test(name) ||
        new RegExp(`\\b${name}\\b[^\\n]{0,80}(?:writes|wrote):`, 'u').test(text));
    if (announced.has(name) || (isName && (attributed || speaks(text, name)))) names.add(name);
  }
  return { sign, names, indent };
}

/** Lines of sentences behind a name tell the name of a person from a prompt's, without any attribution. */
const SPOKEN_LINES = 4;

function speaks(text: string, name: string): boolean {
  if (!/^\p{Lu}\p{Ll}+$/u.test(name)) return false;
  const lines = text.matchAll(new RegExp(`^[ \\t]{0,6}${name}> ([^\\n]{1,200})`, 'gmu'));
  let spoken = 0;
  for (const [, words] of lines) {
    const plain = (words!.match(/(?<=^|\s)["'(]?\p{L}[\p{L}'’]*[.,;:!?)"']{0,2}(?=\s|$)/gu) ?? []).length;
    if (plain >= 4 && ++spoken >= SPOKEN_LINES) return true;
  }
  return false;
}

/** How often each word stands alone between a line's beginning and its first `>`. */
function namesBeforeMarkers(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = text.indexOf('>'); at >= 0; at = text.indexOf('>', at + 1)) {
    const next = text[at + 1];
    if (at === 0 || text[at - 1] === '\n' || (next !== ' ' && next !== '>' && next !== '\n' && next !== '\t')) continue;
    const before = text.slice(Math.max(0, at - MAX_NAMED - 1), at);
    const start = before.lastIndexOf('\n') + 1;
    if (start === 0 && before.length > MAX_NAMED) continue;
    const name = NAMED_LINE.exec(before.slice(start))?.[1];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The kernel's test robot points at lines of source with `>>`: `>> drivers/valve.c:85:25: error: …`, `>> 152\tgoto out;`. */
const POINTER = />>? {1,3}(?:[\w./-]{3,200}:\d+(?::\d+)?: |\d{1,6}\t)/uy;
const NAME_MARKER = /([A-Za-z][A-Za-z0-9_-]{0,15})>(?=[ \t>\n]|$)/uy;

/**
 * Counts the quote markers at the head of a line: `> > x`, `>>> x`, `>> > x`, ` > x`. Up to three blanks may stand before the first and
 * eight between markers (HTML turned to text indents its blockquotes). `>=` and `>From ` (an mbox escape) are no markers.
 */
export function quoteMarks(
  text: string,
  start: number,
  end: number,
  special: SpecialMarkers,
): { marks: number; content: number } {
  let marks = 0;
  let content = start;
  for (let at = start; ;) {
    const limit = at + (marks > 0 ? 8 : special.names.size > 0 ? Math.max(6, special.indent) : special.indent);
    while (at < end && at < limit && isBlank(text.charCodeAt(at))) at++;
    if (at >= end) break;
    const length = markerAt(text, at, marks, special);
    if (length === 0) break;
    marks++;
    at += length;
    content = at;
  }
  if (marks > 0 && content < end && text[content] === ' ') content++;
  return { marks, content };
}

function markerAt(text: string, at: number, marks: number, special: SpecialMarkers): number {
  const sign = text[at]!;
  if (sign === special.sign) return at + 1 === text.length || /\s/u.test(text[at + 1]!) ? 1 : 0;
  if (sign !== '>') return special.names.size > 0 ? nameMarker(text, at, special.names) : 0;
  if (marks === 0 && (text[at + 1] === '=' || text.startsWith('>From ', at))) return 0;
  if (text[at + 1] !== '>') return 1;
  if (marks === 0 && isGroupWise(text, at)) return 0;
  if (isSupercite(text, at, marks)) return 0;
  POINTER.lastIndex = at;
  return POINTER.test(text) ? 0 : 1;
}

function nameMarker(text: string, at: number, names: ReadonlySet<string>): number {
  NAME_MARKER.lastIndex = at;
  const match = NAME_MARKER.exec(text);
  return match !== null && names.has(match[1]!) ? match[0].length : 0;
}

/** White space within a line. */
export function isBlank(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 160 ||
    code === 13 ||
    code === 11 ||
    code === 12 ||
    code === 0x200b ||
    code === 0xfeff ||
    code === 0x3000
  );
}
