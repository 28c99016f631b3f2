import type { Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

const OPENS =
  /^(?:diff --?\S|Index: \S|index [0-9a-f]{6,}\.\.|@@ -\d|@@@ -\d|new file mode \d|deleted file mode \d|GIT binary patch|Binary files .* differ|Only in \S+: )/u;
const GOES_ON =
  /^(?:diff -|Index: |index [0-9a-f]{6,}|={20,}|--- \S|\+\+\+ \S|@@|new file mode|deleted file mode|old mode|new mode|similarity index|dissimilarity index|rename (?:from|to) |copy (?:from|to) |Binary files |GIT binary patch|literal \d|delta \d|\\ No newline|Only in )/u;
const DIFFSTAT = /^ {0,2}\S.{0,180}\s\|\s{1,8}(?:\d{1,6}(?:\s[+-]+)?|Bin\b.{0,60}|Unk.{0,30})\s*$/u;
const DIFFSTAT_SUM = /^ {0,2}\d{1,6} files? changed(?:, |$)/u;
const MODE_CHANGE = /^ (?:create|delete) mode \d{6} |^ (?:rename|copy|rewrite|mode change) .*(?:\(\d+%\)|=>|\d{6})/u;
const TAIL = /^(?:base-commit: [0-9a-f]{8,}|prerequisite-patch-id: [0-9a-f]{8,}|change-id: \S+)\s*$/u;

/** Where in a patch the lines of one depth are. */
interface Hunk {
  /** Lines of the old and new side that the hunk header still promises; unknown in quotes, which are trimmed. */
  old: number;
  new: number;
}

/**
 * Labels diffs, diffstats and git's cut line. At depth 0 a hunk's line counts say where it ends, so that a list with dashes after a
 * patch stays prose; quoted patches are trimmed and interrupted by replies, and go on while their lines look like a patch's.
 */
export function labelPatches(lines: Lines, labels: Labels): void {
  const open = new Map<number, Hunk>();
  const seen = new Map<number, number>();
  for (let i = 0; i < lines.count; i++) {
    const depth = labels.depth[i]!;
    if (labels.kind[i] !== null) {
      if (labels.kind[i] === 'attribution') for (const level of open.keys()) if (level > depth) open.delete(level);
      continue;
    }
    const words = wordsOf(lines, i);
    const hunk = open.get(depth);
    if (opensPatch(lines, i, words)) {
      open.set(depth, hunkOf(words) ?? { old: 0, new: 0 });
      labels.kind[i] = 'patch';
    } else if (hunk !== undefined) {
      if (continues(lines, labels, i, words, hunk, depth)) labels.kind[i] = 'patch';
      else open.delete(depth);
    } else if (isStat(words) || TAIL.test(words) || isCutLine(lines, labels, i, words, seen)) labels.kind[i] = 'patch';
  }
}

function opensPatch(lines: Lines, i: number, words: string): boolean {
  if (OPENS.test(words)) return true;
  if (!words.startsWith('--- ') || i + 1 >= lines.count) return false;
  return lines.marks[i + 1] === lines.marks[i] && wordsOf(lines, i + 1).startsWith('+++ ');
}

function hunkOf(words: string): Hunk | null {
  const match = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/u.exec(words);
  if (match === null) return null;
  return { old: Number(match[1] ?? 1), new: Number(match[2] ?? 1) };
}

function continues(lines: Lines, labels: Labels, i: number, words: string, hunk: Hunk, depth: number): boolean {
  if (depth > 0) return continuesQuoted(lines, labels, i, words);
  const sign = words[0] ?? ' ';
  if (hunk.old > 0 || hunk.new > 0) {
    if (sign === '+' && hunk.new > 0) hunk.new--;
    else if (sign === '-' && hunk.old > 0 && words !== '-- ') hunk.old--;
    else if (sign === ' ' || sign === '\t') {
      hunk.old--;
      hunk.new--;
    } else if (sign === '\\') return true;
    else return isWrapped(lines, i);
    return true;
  }
  return GOES_ON.test(words) || (isEmptyLine(lines, i) && i + 1 < lines.count && GOES_ON.test(wordsOf(lines, i + 1)));
}

/** A hunk line whose tail a mail program put on a line of its own. */
function isWrapped(lines: Lines, i: number): boolean {
  if (i === 0 || i + 1 >= lines.count) return false;
  return lines.end[i - 1]! - lines.start[i - 1]! > 60 && /^(?:[-+ \t\\@]|$)/u.test(wordsOf(lines, i + 1));
}

function continuesQuoted(lines: Lines, labels: Labels, i: number, words: string): boolean {
  if (/^(?:[+ \t\\]|-(?!-? ?$))/u.test(words) || GOES_ON.test(words)) return true;
  if (!isEmptyLine(lines, i)) return false;
  for (let at = i + 1; at < lines.count && at < i + 4; at++) {
    if (labels.depth[at] !== labels.depth[i]) return true;
    if (!isEmptyLine(lines, at)) return /^[+ \t\\-]/u.test(wordsOf(lines, at)) || GOES_ON.test(wordsOf(lines, at));
  }
  return true;
}

function isStat(words: string): boolean {
  return DIFFSTAT.test(words)
    ? /[/.]|Makefile|Kconfig|=>/u.test(words)
    : DIFFSTAT_SUM.test(words) || MODE_CHANGE.test(words);
}

/**
 * git's `---` stands between the commit message and what is not part of it; a diffstat or diff follows within sight. `seen` holds, by depth,
 * the line up to which none was found, so that no line is looked at twice.
 */
function isCutLine(lines: Lines, labels: Labels, i: number, words: string, seen: Map<number, number>): boolean {
  if (words.trimEnd() !== '---') return false;
  const depth = labels.depth[i]!;
  const end = Math.min(lines.count, i + 120);
  for (let at = Math.max(i + 1, seen.get(depth) ?? 0); at < end; at++) {
    if (labels.depth[at] !== depth) continue;
    const next = wordsOf(lines, at);
    if (OPENS.test(next) || isStat(next)) return true;
  }
  seen.set(depth, end);
  return false;
}
