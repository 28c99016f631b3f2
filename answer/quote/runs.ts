import { textAt, type Span } from '../../mail/span.js';
import type { Sentence } from './sentences.js';

/** Neighbouring sentences that may be quoted as one. */
export interface Run {
  /** Places of the first sentence, and behind the last one. */
  readonly from: number;
  readonly to: number;
  /** The lines between the first character of the run and its last, and what they hold. */
  readonly spans: readonly Span[];
  readonly text: string;
}

/**
 * All runs of up to `longest` characters: nothing left out in between, no greeting in them, no rule at either end. How many sentences they have
 * does not matter: a short paragraph and the two behind it answer more often than the first of them alone.
 */
export function* runsOf(
  text: string,
  lines: readonly Span[],
  sentences: readonly Sentence[],
  longest: number,
): Generator<Run> {
  for (const [from, first] of sentences.entries()) {
    if (first.kind === 'courtesy' || isRule(text, first)) continue;
    for (const [more, last] of sentences.slice(from).entries()) {
      if (last.kind === 'courtesy' || (more > 0 && last.gapBefore)) break;
      const spans = spansBetween(lines, first.start, last.end);
      const run = { from, to: from + more + 1, spans, text: textAt(text, spans) };
      if (run.text.length > longest) break;
      if (!isRule(text, last)) yield run;
    }
  }
}

/** `-----`, `***`: it sets off what it stands between. Code may close with a bracket. */
function isRule(text: string, { kind, start, end }: Sentence): boolean {
  return kind === 'prose' && !/[\p{L}\p{N}]/u.test(text.slice(start, end));
}

function spansBetween(lines: readonly Span[], from: number, to: number): Span[] {
  return lines
    .filter((line) => line.end > from && line.start < to)
    .map((line) => ({ start: Math.max(line.start, from), end: Math.min(line.end, to) }));
}

/**
 * Whether two runs read as two quotes: no paragraph or listing is taken apart by them, unless it is a paragraph that no quote of `longest`
 * characters holds, and one goes on where the other stops.
 */
export function apart(sentences: readonly Sentence[], a: Run, b: Run, longest: number): boolean {
  const [one, other] = a.from < b.from ? [a, b] : [b, a];
  const [last, first] = [sentences[one.to - 1], sentences[other.from]];
  if (other.from < one.to || last === undefined || first === undefined) return false;
  const touching = one.to === other.from;
  if (last.paragraph === first.paragraph) return touching && lengthOf(sentences, last.paragraph) > longest;
  return !touching || !oneWhole(last, first);
}

function lengthOf(sentences: readonly Sentence[], paragraph: number): number {
  const its = sentences.filter((sentence) => sentence.paragraph === paragraph);
  return (its.at(-1)?.end ?? 0) - (its[0]?.start ?? 0);
}

/**
 * What part of its worth a run keeps that is torn from the words around it: from the rest of its paragraph or listing, from what it refers
 * to, from the code that it announces or the words that announce its code. On the training sets a tenth to a third off changed little, none
 * off lost a little.
 */
const torn = { start: 0.8, end: 0.9, reference: 0.8, leadIn: 0.8 };
/** A small letter goes on with a sentence that was quoted, or is one of many; a bracket closes what is left out. */
const goesOn = /^(?:[\p{Ll}})\]]|(?:But|And|So|Or|This|That|It|They|He|She|These|Those)\b)/u;
const leadsIn = /[:,{(]$/;

/** How well a run reads by itself, 0 to 1; `text` is its message's. */
export function wholeness(text: string, sentences: readonly Sentence[], { from, to }: Run): number {
  const words = (sentence: Sentence | undefined): string =>
    sentence === undefined ? '' : text.slice(sentence.start, sentence.end);
  const [before, first, last, after] = [sentences[from - 1], sentences[from], sentences[to - 1], sentences[to]];
  let part = 1;
  if (oneWhole(before, first)) part *= torn.start;
  if (oneWhole(last, after)) part *= torn.end;
  if (from > 0 && goesOn.test(words(first))) part *= torn.reference;
  if (first?.gapBefore === false && leadsIn.test(words(before))) part *= torn.leadIn;
  if (leadsIn.test(words(last))) part *= torn.leadIn;
  return part;
}

/** A listing is one, and so is a list, whatever blank lines are in it. */
function oneWhole(a: Sentence | undefined, b: Sentence | undefined): boolean {
  if (a === undefined || b === undefined || b.gapBefore) return false;
  return a.paragraph === b.paragraph || (a.kind === 'code' && b.kind === 'code') || (a.item && b.item);
}
