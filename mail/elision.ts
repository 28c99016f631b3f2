import type { Labels } from './labels.js';
import { wordsOf, type Lines } from './lines.js';

const ELISION =
  /^\s{0,8}(?:[[<({]{1,2}\s?(?:\.{2,8}|…|\/?(?:big )?(?:snip(?:ped|pet)?|cut|trimmed|deleted|elided|omitted|skip(?:ped)?|schnipp?|coupe)\b[^\]>)}]{0,60})\s?[\]>)}]{1,2}|\.{3,12}|…|-{2,}\s?(?:snip|8<|cut here)\s?-{0,}|[-=~. ]{0,20}(?:8<|>8|✂)[-=~. ]{1,60}(?:(?:8<|>8|✂|snip)[-=~. ]{0,60}){0,3}|\*?snip\*?\.{0,3})\s*$/iu;

/** Labels `[..]`, `[snip]`, `<snip>`, `...` and `--- 8< ---` at every depth. */
export function labelElisions(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] === null && isElision(lines, i)) labels.kind[i] = 'elision';
  }
}

export function isElision(lines: Lines, i: number): boolean {
  return lines.end[i]! - lines.content[i]! < 100 && ELISION.test(wordsOf(lines, i));
}
