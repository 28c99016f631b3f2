import { parseAttribution, type ReadAttribution } from './attribution.js';
import { parseGroupWise } from './groupwise.js';
import { claim, nextFilled, type Labels } from './labels.js';
import { isEmptyLine, lineLength, wordsOf, type Lines } from './lines.js';

/** What is left of an attribution where its last words are quoted deeper: `>>>> <ann@example.org> wrote:`. */
const SHORT_END = 60;
/** An attribution is folded over no more lines than this. */
const MAX_FOLDS = 4;
const MAY_END = /(?:[:：]|写道|寫道|\.\.\.|\b(?:wrote|writes))[\s*_"]*$|^\s*\d{4}\/\d{1,2}\/\d{1,2}\s.*>\s*$/u;

/** What the last sign of such a line can be: asked of every line before the pattern is tried. */
const ENDINGS: ReadonlySet<string> = new Set([...':：道.es>']);

/** The last character that is neither white space nor emphasis; empty where there is none. */
function lastSign(words: string): string {
  let at = words.length - 1;
  while (at >= 0 && /[\s*_"]/u.test(words[at]!)) at--;
  return words[at] ?? '';
}

/** Finds attribution lines at every depth, folded ones too. Linear. */
export function labelAttributions(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null) continue;
    const words = wordsOf(lines, i);
    const groupWise = words.startsWith('>>> ') ? parseGroupWise(words) : null;
    if (groupWise !== null) {
      labels.kind[i] = 'attribution';
      labels.said.set(i, groupWise);
      continue;
    }
    if (labelJoined(lines, labels, i, words) || lines.end[i]! - lines.content[i]! > 390) continue;
    if (!(ENDINGS.has(lastSign(words)) && MAY_END.test(words.slice(-80))) && !/^\d{4}\//u.test(words)) continue;
    const found = attributionEndingAt(lines, labels, i);
    if (found === null) continue;
    const { first, read } = found;
    claim(labels, first, i + 1, 'attribution');
    const depth = labels.depth[first]!;
    for (let at = first; at <= i; at++) labels.depth[at] = depth;
    const { name, address, date, messageId } = read;
    labels.said.set(first, { name, address, date, messageId });
  }
}

/** Yahoo's apps go on behind `wrote:` with the quoted words, and lost line ends do so elsewhere: `On …, Ann Lee wrote:> It sticks.` */
const JOINED = /^\s{0,4}(On .{8,200}? wrote:)(?:\s{2,4}(?=\S)|>\s?\S)/u;

/** A line that begins with an attribution is none of the writer's words, whatever else it holds. */
function labelJoined(lines: Lines, labels: Labels, i: number, words: string): boolean {
  const opening = words.includes(' wrote:') ? JOINED.exec(words)?.[1] : undefined;
  const read = opening === undefined ? null : parseAttribution(opening);
  if (read === null || !read.certain || read.date === null) return false;
  claim(labels, i, i + 1, 'attribution');
  const { name, address, date, messageId } = read;
  labels.said.set(i, { name, address, date, messageId });
  return true;
}

function attributionEndingAt(
  lines: Lines,
  labels: Labels,
  last: number,
): { first: number; read: ReadAttribution } | null {
  const depth = labels.depth[last]!;
  const governs = quoteFollows(lines, labels, last);
  let joined = '';
  let best: { first: number; read: ReadAttribution } | null = null;
  for (let first = last; first > last - MAX_FOLDS && first >= 0; first--) {
    if (labels.kind[first] !== null || isEmptyLine(lines, first)) break;
    const level = labels.depth[first]!;
    // Some programs quote the line's end with what follows it: `> On …, Ann Lee` above `>> wrote:`.
    const cut = level === depth - 1 && first === last - 1 && lineLength(lines, last) < SHORT_END;
    if (level < depth && !cut) break;
    if (level > depth && !(first < last && quoteDepthBelow(lines, labels, last) > level)) break;
    const words = wordsOf(lines, first).trim();
    if (first < last && /[.?!:]$/u.test(words) && !/\b(?:[AP]\.?M|\p{Lu}|Jr|Dr)\.$/iu.test(words)) break;
    joined = `${words} ${joined}`;
    const read = parseAttribution(joined);
    if (read === null) continue;
    if (!read.certain && !(governs && isBareName(read.name))) continue;
    if (cut && !(read.opened && read.certain && quoteDepthBelow(lines, labels, last) === depth)) break;
    if (read.opened && read.certain && !/^>{5} {2}/u.test(words)) return { first, read };
    if (best === null || completes(read, best.read, first === last - 1)) best = { first, read };
  }
  if (best === null) return null;
  return governs || (best.read.name !== null && best.read.address !== null) ? best : null;
}

/** Whether a longer piece of a folded attribution names whom a shorter one does not: `kirjutas kuupäeval E, 4. märts 2019:` alone names nobody. */
function completes(longer: ReadAttribution, shorter: ReadAttribution, next: boolean): boolean {
  if (longer.name === null) return false;
  if (next && shorter.name === null) return true;
  const begun = longer.messageId !== null && shorter.messageId === null && longer.name.endsWith(shorter.name ?? '');
  // A date that is all there is to a shorter one is that of whose address stands above it.
  return begun || (shorter.certain && shorter.address === null && longer.address !== null);
}

/** The depth of the next line with words. */
function quoteDepthBelow(lines: Lines, labels: Labels, i: number): number {
  const next = nextFilled(lines, i + 1);
  return next < lines.count ? labels.depth[next]! : 0;
}

/** Whether a deeper quote follows the line, perhaps behind an elision. */
function quoteFollows(lines: Lines, labels: Labels, i: number): boolean {
  const next = nextFilled(lines, i + 1);
  if (next >= lines.count) return false;
  if (labels.depth[next]! > labels.depth[i]!) return true;
  if (!/^\s*[[<(]?\s*(?:\.{2,}|…|snip|cut)/iu.test(wordsOf(lines, next))) return false;
  const after = nextFilled(lines, next + 1);
  return after < lines.count && labels.depth[after]! > labels.depth[i]!;
}

/** `Ann wrote:` alone is an attribution when every word of the name begins as names do. */
function isBareName(name: string | null): boolean {
  if (name === null) return true;
  const words = name.split(' ');
  return (
    words.length <= 5 &&
    words.every(
      (word) =>
        /^[\p{Lu}\p{Lo}"'(]|^(?:de|van|von|der|den|di|da|la|le|al|el|bin|you|i)$/iu.test(word) &&
        !/^\p{Ll}{3,}$/u.test(word),
    )
  );
}
