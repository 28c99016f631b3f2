import type { Block } from './block.js';
import { claim, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';
import { parseMailbox } from './mailbox.js';
import type { Span } from './span.js';

/** One line at the foot of a commit message or review (`git-interpret-trailers`). */
export interface Trailer {
  /** As written: `Reviewed-by`. */
  readonly key: string;
  readonly value: string;
  /** The person it names, where it names one. */
  readonly name: string | null;
  readonly address: string | null;
  /** The words of its line, without line end. */
  readonly span: Span;
}

const PERSON = /^\s{0,2}([A-Z][A-Za-z]*(?:[- ][A-Za-z]+){0,4}-by)\s?:\s{0,4}(?=\S)(?!.*\?\s*$)/u;
const REFERENCE =
  /^\s{0,2}(Fixes|Link|Closes|Bugzilla|BugLink|References|Message-I[Dd]|Change-Id|Reported-at|Depends-on|Addresses-Coverity(?:-ID)?|Cc|CC|cc|Thanks-to|Suggested-By|Ref|URL|Patchwork)\s?:\s{0,4}(?=\S)/u;
const OTHER = /^\s{0,2}([A-Z][A-Za-z]*(?:-[A-Za-z]+)+)\s?:\s{0,4}(?=\S)/u;
const LIKELY: Readonly<Record<string, RegExp>> = {
  fixes: /^(?:commit )?[0-9a-f]{7,40}\b|https?:|#\d|bug\b|CVE-/iu,
  link: /https?:|<?https?/iu,
  closes: /https?:|#\d|\d{3,}/iu,
  cc: /@|<|stable|_at_/iu,
  ref: /https?:|#\d/iu,
  url: /https?:/iu,
};

/** Robots propose trailers behind a bar: `| Reported-by: …`. Nobody has given them yet, so that `trailersOf` leaves them out. */
const PROPOSED = /^\|\s{1,4}(?=\S)/u;

/** What whoever passes a patch on notes between the trailers: `[bo: fixed the title]`. */
const NOTE = /^\[ ?[\w.+@-]{2,40}: .*\]\s*$/u;

/** The key and value of a trailer line; null for other lines. */
export function readTrailer(words: string): { key: string; value: string } | null {
  const match = PERSON.exec(words) ?? REFERENCE.exec(words);
  if (match === null) return null;
  const key = match[1]!;
  const value = words.slice(match[0].length).trim();
  const likely = LIKELY[key.toLowerCase()];
  if (likely !== undefined && !likely.test(value)) return null;
  if (/-by$/iu.test(key) && key.includes(' ')) return null;
  return { key, value };
}

/** Labels trailers at every depth: known ones wherever they stand, unknown ones (`Upstream-commit: …`) beside known ones. */
export function labelTrailers(lines: Lines, labels: Labels): void {
  let previous = -2;
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null) continue;
    const words = wordsOf(lines, i);
    const beside = previous === i - 1 && labels.depth[i - 1] === labels.depth[i];
    const known = readTrailer(words.replace(PROPOSED, '')) !== null;
    const folded = beside && /^(?:\s{2,}|\t)\S/u.test(words) && !isEmptyLine(lines, i);
    const unknown = beside && (OTHER.test(words) || NOTE.test(words));
    if (!known && !folded && !unknown) continue;
    claim(labels, i, i + 1, 'trailer');
    previous = i;
  }
}

/** The trailers that the message's author wrote: those at depth 0, folded lines joined. */
export function trailersOf(text: string, blocks: readonly Block[]): Trailer[] {
  const trailers: Trailer[] = [];
  for (const block of blocks) {
    if (block.kind !== 'trailer' || block.depth !== 0) continue;
    for (const span of block.lines) {
      const words = text.slice(span.start, span.end);
      if (PROPOSED.test(words) || NOTE.test(words)) continue;
      const read = readTrailer(words) ?? otherTrailer(words);
      const last = trailers.at(-1);
      if (read !== null) trailers.push(trailerOf(read.key, read.value, span));
      else if (last !== undefined && words.trim() !== '' && last.span.end <= span.start) {
        trailers[trailers.length - 1] = trailerOf(last.key, `${last.value} ${words.trim()}`, {
          start: last.span.start,
          end: span.end,
        });
      }
    }
  }
  return trailers;
}

function otherTrailer(words: string): { key: string; value: string } | null {
  const match = OTHER.exec(words);
  return match === null ? null : { key: match[1]!, value: words.slice(match[0].length).trim() };
}

function trailerOf(key: string, value: string, span: Span): Trailer {
  const personal = /-by$|^cc$|^thanks-to$/iu.test(key);
  const mailbox = personal ? parseMailbox(value.slice(0, 300).replace(/\s+#.*$/u, '')) : null;
  return { key, value, name: mailbox?.name ?? null, address: mailbox?.address ?? mailbox?.masked ?? null, span };
}
