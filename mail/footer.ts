import { claim, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

/** Majordomo's runs `-.-.-.-.`. */
const RULE = /^\s{0,12}(?:_{5,}|-{2,80}|={10,80}|\*{10,}|([-=_*~.+#])([-=_*~.+#])(?:\1\2){7,}\1?)\s*$/u;
/** Lines that list software, archives and mail providers append. */
const LISTED =
  /^\s{0,12}(?:_{5,}\s+\S{1,40} mailing list|To unsubscribe(?: from this list)?\b|unsubscribe from this list|the body of a message to majordomo@|More majordomo info at|Please read the FAQ at\b|To UNSUBSCRIBE and more, see|https?:\/\/\S{0,200}\/(?:mailman\/)?listinfo\S*\s*$|PLEASE do read the posting guide|and provide commented, minimal, self-contained|(?:\? ?){0,12}\[\[alternative HTML version deleted\]\]|-{10,} next part -{10,}|An? .{3,60} was scrubbed(?=\.\.\.|$)|This (?:e-?mail|message) (?:has been|was) (?:checked|scanned|sent)|Do You Yahoo!\?|Posted via|View this message in context|Sent from the .{0,60} mailing list archive at|Nabble)/iu;
const NAMES_LIST = /^\s{0,12}(?:\S{1,40} mailing list\S{1,60}@|[\w.+-]{1,60} mailing list(?:\s*[-–(:]|$))/iu;
const OFFER = /^\s{0,12}.{0,40}Find the .*\bmail\b/iu;
const PART = /^\s{0,3}(?:URL|Name|Type|Size|Desc)\s?:\s/u;
const LEGAL =
  /^\s{0,3}(?:This (?:e-?mail|message|communication|transmission).{0,60}\b(?:confidential|intended (?:only|solely)|privileged)|CONFIDENTIALITY NOTICE|NOTICE: This e-?mail|DISCLAIMER\b|IMPORTANT NOTICE: The contents of this email)/iu;

/** What a company's mail gateway puts on top of what comes from outside. */
const GATEWAY =
  /^\s{0,3}[*[]{0,3}\s?(?:CAUTION|WARNING|EXTERNAL|ATTENTION|External email)\b.{0,60}\b(?:e-?mail|originated|outside|sender)\b|^\s{0,3}You don[’']t often get email from|^\s{0,3}\[?EXTERNAL(?: E-?MAIL| MESSAGE)?\]?\s*$/iu;

/** The looks that only a few lines can have are tried on these alone: this is asked of every line. */
function isListed(words: string): boolean {
  if (LISTED.test(words)) return true;
  if (/mailing list/iu.test(words) && NAMES_LIST.test(words)) return true;
  return words.includes('Find the ') && OFFER.test(words);
}

/** How far below its rule a list's footer may name itself. */
const REACH = 4;

/** Labels list footers, provider advertisements and legal notices, at every depth. */
export function labelFooters(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null || lines.content[i]! >= lines.end[i]!) continue;
    const words = wordsOf(lines, i);
    if (RULE.test(words)) {
      if (!namesList(lines, i)) {
        // What replies leave over of a quoted footer.
        if (labels.depth[i]! > 0 && /^\s*_{20,}\s*$/u.test(words)) labels.kind[i] = 'footer';
        continue;
      }
      i = claimParagraph(lines, labels, i, true) - 1;
    } else if (isListed(words) || LEGAL.test(words) || GATEWAY.test(words)) {
      const scrubbed = /next part|scrubbed/iu.test(words);
      i = claimParagraph(lines, labels, i, scrubbed) - 1;
    }
  }
}

function namesList(lines: Lines, rule: number): boolean {
  for (let at = rule + 1; at < lines.count && at <= rule + REACH; at++) {
    if (lines.marks[at] !== lines.marks[rule]) return false;
    const words = wordsOf(lines, at);
    if (isListed(words)) return true;
    if (
      /\bmailing list\b/iu.test(words) &&
      /https?:|@/u.test(words + (at + 1 < lines.count ? wordsOf(lines, at + 1) : ''))
    )
      return true;
  }
  return false;
}

/** A footer runs to the end of its paragraph; behind a rule, past blank lines while its lines look like one. */
function claimParagraph(lines: Lines, labels: Labels, from: number, pastBlanks: boolean): number {
  let end = from + 1;
  while (end < lines.count && lines.marks[end] === lines.marks[from] && labels.kind[end] === null) {
    if (isEmptyLine(lines, end)) {
      const next = end + 1 < lines.count ? wordsOf(lines, end + 1) : '';
      if (!pastBlanks || !(isListed(next) || PART.test(next)) || lines.marks[end + 1] !== lines.marks[from]) break;
    }
    end++;
  }
  claim(labels, from, end, 'footer');
  return end;
}
