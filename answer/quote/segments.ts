import type { Span } from '../../mail/span.js';
import { shortlogLines } from './shortlog.js';

/** What a run of lines is to a reader: sentences, something to be kept line by line (code, logs, tables), or what is never quoted: greetings, git's shortlogs. */
export type SegmentKind = 'prose' | 'code' | 'courtesy';

/** Lines that belong together; a sentence never reaches over a segment's border. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly lines: readonly Span[];
  /** Something was left out between the segment before and this one: both must not be quoted as one. */
  readonly gapBefore: boolean;
  /** A blank line or a gap stands before it. */
  readonly paragraphBefore: boolean;
  /** Whether it is an item of a list. */
  readonly item: boolean;
}

/** Lines are judged by their beginnings: pasted logs have lines of any length. */
const judged = 400;

/** `- `, `* `, `1. `, `2) `, `(a) `: what opens a list item. `o` is a bullet in mail of a certain age. */
const markerPattern = /^\s*(?:[-*•+·]|o(?=\s)|\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s+(?=\S)/;

/** `-----`, `====`: no sentence reaches over it. */
const rulePattern = /^\s*[-=_*~#+.]{2,}\s*$/;

/** Groups the lines of a text into paragraphs, list items, code and greetings. `lines` are in order, without line ends. */
export function segmentsOf(text: string, lines: readonly Span[]): Segment[] {
  const segments: (Segment & { lines: Span[] })[] = [];
  const shortlog = shortlogLines(text, lines);
  for (const { span, line, breakBefore } of wordedLines(text, lines)) {
    const open = segments.at(-1);
    const kind = shortlog.has(span) ? 'courtesy' : kindOf(line);
    const ruled = rulePattern.test(line) || (open !== undefined && rulePattern.test(lastLine(text, open.lines)));
    const fresh = open === undefined || breakBefore !== 'none' || open.kind !== kind || (kind === 'prose' && ruled);
    const item = kind === 'prose' && opensItem(line, fresh || open.item, fresh ? '' : lastLine(text, open.lines));
    if (fresh || item || kind === 'courtesy') {
      const gapBefore = breakBefore === 'gap';
      segments.push({
        kind,
        lines: [span],
        gapBefore,
        paragraphBefore: open === undefined || breakBefore !== 'none',
        item,
      });
    } else {
      open.lines.push(span);
    }
  }
  return segments;
}

interface WordedLine {
  readonly span: Span;
  /** Its beginning, for judging it. */
  readonly line: string;
  readonly breakBefore: 'none' | 'blank' | 'gap';
}

/** The lines that are not blank, each with what stands between it and the one before. */
function* wordedLines(text: string, lines: readonly Span[]): Generator<WordedLine> {
  let breakBefore: WordedLine['breakBefore'] = 'none';
  let previousEnd: number | null = null;
  for (const span of lines) {
    const line = text.slice(span.start, Math.min(span.end, span.start + judged));
    const between = previousEnd === null ? 'none' : skipped(text.slice(previousEnd, span.start));
    previousEnd = span.end;
    if (between === 'gap') breakBefore = 'gap';
    else if (breakBefore === 'none' && (between === 'blank' || line.trim() === '')) breakBefore = 'blank';
    if (line.trim() === '') continue;
    yield { span, line, breakBefore };
    breakBefore = 'none';
  }
}

function lastLine(text: string, lines: readonly Span[]): string {
  const last = lines.at(-1);
  return last === undefined ? '' : text.slice(Math.max(last.start, last.end - judged), last.end);
}

/** What stands between two lines that follow each other: quote markers only, blank lines, or words that were left out. */
function skipped(between: string): WordedLine['breakBefore'] {
  const rows = between.split('\n').slice(1, -1);
  if (rows.length === 0) return 'none';
  return rows.some((row) => /[^\s>|]/.test(row)) ? 'gap' : 'blank';
}

/** A dash that a rewrapped sentence happens to begin a line with is no list marker. */
function opensItem(line: string, fresh: boolean, lineBefore: string): boolean {
  return markerPattern.test(line) && (fresh || /[.:;,!?)]\s*$/.test(lineBefore) || lineBefore.length < 50);
}

/** Length of the list marker that a line begins with, its blanks included; 0 where there is none. */
export function markerLength(line: string): number {
  return markerPattern.exec(line.slice(0, judged))?.[0].length ?? 0;
}

const promptPattern = /^\s*(?:[\w.@~:/-]{0,40}[$#%]|=>|>>>|>)\s+\S/;
const logPattern =
  /^\s*(?:\[\s*\d+\.\d+\]|<\d>|(?:\d{4}-\d\d-\d\d|\w{3}\s+\d{1,2})[ T]\d\d:\d\d:\d\d|\d\d:\d\d:\d\d|[0-9a-f]{8,}[: ]|0x[0-9a-f]{4,}|\w+\(\) )/i;
const statementPattern =
  /^\s*(?:#\s*(?:include|define|if|ifdef|ifndef|endif|else|pragma)\b|\/\*|\*\/|\/\/|<\/?\w+[^>]*>\s*$|(?:if|for|while|switch|return)\s*\(|(?:static|struct|int|void|char|unsigned|const|def|class|import|return)\s[^.]*[;{:(),]\s*$)/;
const courtesyPattern =
  /^\s*(?:(?:hi|hello|hey|dear|good (?:morning|day|evening|afternoon))\b[^.!?:;]{0,50}[,!.:]?|(?:many |kind |best |warm )?(?:thanks?(?: you)?(?: again| in advance| (?:very|so) much| a lot)?|regards|wishes|cheers|hth|br|greetings|sincerely|yours)\b[^.!?:;]{0,30}[,!.]*)\s*$/i;

function kindOf(line: string): SegmentKind {
  if (line.length < 90 && courtesyPattern.test(line) && !/\b(?:for|that|to)\b/i.test(line)) return 'courtesy';
  return looksLikeCode(line) ? 'code' : 'prose';
}

/** Whether a line is read as a line (code, a log, a table, a shell session) and would be spoilt by being run into a sentence. */
function looksLikeCode(line: string): boolean {
  if (promptPattern.test(line) || logPattern.test(line) || statementPattern.test(line)) return true;
  const body = line.trim();
  const words = wordShare(body);
  if (/[;{}\\]$/.test(body) && /[=()<>{}]/.test(body) && words < 0.7) return true;
  if (body.split(/\t| {3,}/).length > 2) return true;
  const symbols = body.match(/[^\p{L}\p{N}\s.,;:!?'"()-]/gu)?.length ?? 0;
  if (/\s/.test(body) && symbols / body.replace(/\s/g, '').length > 0.25) return true;
  const indented = /^(?: {4,}|\t)/.test(line);
  return indented && words < 0.6;
}

/** The share, 0 to 1, of what stands between blanks that is a word, bare or with a comma, brackets and the like; the rest are names of code, numbers, paths. */
export function wordShare(text: string): number {
  const words = text.match(/(?<!\S)["'(*_]?\p{L}[\p{L}'’-]*["')*_]?[,.;:!?)]*(?!\S)/gu)?.length ?? 0;
  return words / text.trim().split(/\s+/).length;
}
