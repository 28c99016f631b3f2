import { isElision } from './elision.js';
import { nextFilled, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

/**
 * Some programs set the reply above an attribution line and the quoted message below it without any marker. Where an author's words stand
 * above such a line and no reply is woven into marked lines right below it, everything below is the quote, further attributions and the replies
 * under them included; so it is inside what is quoted without markers already.
 */
export function labelUnmarkedQuote(lines: Lines, labels: Labels): void {
  const woven = wovenReplies(lines, labels);
  let ownAbove = false;
  let push = 0;
  for (let i = 0; i < lines.count; i++) {
    labels.depth[i] = labels.depth[i]! + push;
    if (lines.marks[i] !== 0) continue;
    if (labels.kind[i] === null && !isEmptyLine(lines, i)) ownAbove = true;
    const inQuote = labels.depth[i]! > 0;
    if (!labels.said.has(i) || labels.selfSaid.has(i) || !(ownAbove || inQuote)) continue;
    let end = i + 1;
    while (end < lines.count && labels.kind[end] === 'attribution' && !labels.said.has(end)) end++;
    const next = nextFilled(lines, end);
    const unmarked = next < lines.count && lines.marks[next] === 0 && labels.depth[next]! + push === labels.depth[i];
    for (let at = i + 1; at < end; at++) labels.depth[at] = labels.depth[i]!;
    if (unmarked && (inQuote || !(woven.has(i) || isLeftOut(lines, next)))) push++;
    i = end - 1;
  }
}

/** Whether a quote was left out by hand, as brackets say: whoever does so writes below. */
function isLeftOut(lines: Lines, at: number): boolean {
  const next = nextFilled(lines, at + 1);
  if (next >= lines.count || !/^\s*[[<({]/u.test(wordsOf(lines, at)) || !isElision(lines, at)) return false;
  return /^\s*[^\s|>:#}%]/u.test(wordsOf(lines, next));
}

/**
 * Unmarked attributions below which, up to the next one, marked lines and unmarked words take turns, as they do in a reply between quoted
 * lines.
 */
function wovenReplies(lines: Lines, labels: Labels): Set<number> {
  const woven = new Set<number>();
  let wordsBelow = false;
  let markedBelow = false;
  for (let i = lines.count - 1; i >= 0; i--) {
    if (isEmptyLine(lines, i)) continue;
    if (lines.marks[i]! > 0) markedBelow ||= wordsBelow;
    else if (labels.kind[i] === null) wordsBelow = true;
    else if (labels.said.has(i)) {
      if (markedBelow) woven.add(i);
      wordsBelow = markedBelow = false;
    }
  }
  return woven;
}
