import type { LibraryMessage } from '../../index/library.js';
import { patchOf, type PatchSubject } from '../../mail/subject.js';
import { oneLine, type OwnSentence } from './own-sentences.js';

/** What a reply says of having taken patches. */
export interface Applied {
  /** The sentence, verbatim. */
  readonly words: string;
  /** Patches that it lists by place and title. */
  readonly listed: readonly PatchSubject[];
  /** Numbers in the sentence: `Applied 1-3 and 5`; null where there are none. */
  readonly numbers: ReadonlySet<number> | null;
  /** The version that the sentence names: `Applied v4`; null where it names none. */
  readonly version: number | null;
  /** Something in it speaks of single patches, so that it may not mean all of the series. */
  readonly mayMeanPart: boolean;
  /** It says no more than that, to which branch, and thanks. */
  readonly bare: boolean;
  /** The reply's own lines, as titles are compared. */
  readonly lines: readonly string[];
}

/** Thanks or praise, with the name of whom it is meant for, in front of the verb: `Thanks Ines, applied.`, `Looks good - applied.` */
const lead = String.raw`(?:(?:many |big )?(?:thanks|thank you|thx|ok|okay|great|nice|cool|perfect|awesome|done|yes|alright|looks (?:good|fine|great|ok|nice)|looking good|lgtm|good|fine)\b[^.!?;:,\n]{0,40}?(?:[,.!:;]|\s[-–—]{1,2})\s+)?`;
const subject = String.raw`(?:(?:i|we|i(?:'ve|’ve| have)|we(?:'ve|’ve| have)) (?:(?:now|just|also|already) )?|(?:(?:(?:(?:both|all|all of|this|the|the whole|whole|your) )?(?:patch ?set|patch ?series|patch(?:es)?|series)|both|all) )?(?:(?:both|all|now|was|were|is now|are now|has been|have been|all) ){0,2})`;
const verb = String.raw`(?:applied|queued|merged|picked(?: \w+)? up|pushed(?= (?:it|this|them|both|all|to|and|upstream|with|thanks)\b|\s*[,.!;:]|\s*$))`;
const pattern = new RegExp(
  `^${lead}${subject}(?<verb>${verb})\\b(?! before| after| when| if| by hand| cleanly)(?<rest>[^?]*)$`,
  'isu',
);

const them = String.raw`(?: (?:it|this|them|these|both|all|(?:the|this|your|both) (?:patch ?set|patch(?:es)?|series)))?`;
const where = String.raw`(?: (?:to|in|into|for|on) (?:(?:my|our|the) )?\S+(?: (?:branch|tree))?(?: of the \S+(?: tree)?)?)?`;
const barePattern = new RegExp(
  String.raw`^${lead}${subject}${verb}(?: up)?${them}${where}(?:\s?[,.!;–—-]{1,2} ?(?:many )?(?:thanks|thank you|thx)\b[^.!?\n]{0,40})?\s?[.!]{0,3}$`,
  'isu',
);

/** What somebody says who tries a patch, in place of keeping it. */
const tried =
  /\b(?:local(?:ly)?|and (?:it|the|now|still|re-?built|re-?booted|ran|tested|tried)|my (?:kernel|machine|system|box|setup)|on top of|against|instead)\b/iu;
/** A part of what there is to apply is meant. */
const inPart =
  /\b(?:first|second|third|last|rest|remaining|except|apart|besides|other than|only|some|most|half|part|partial(?:ly)?|without|minus|but|drop(?:ped|ping)?|skip(?:ped|ping)?|left out|leav(?:e|ing) out|hold(?:ing)? off)\b/iu;

/** The first sentence of a reply that says that patches were applied; null where there is none. */
export function appliedIn(reply: LibraryMessage, sentences: readonly OwnSentence[]): Applied | null {
  const flat = sentences.map((sentence) => oneLine(sentence.words));
  const at = flat.findIndex((words) => pattern.test(words) && !tried.test(words));
  const [words, verbatim] = [flat[at], sentences[at]?.words];
  if (words === undefined || verbatim === undefined) return null;
  const lines = linesIn(reply);
  const listed = listedIn(lines);
  const numbers = numbersAfterVerb(words);
  const saysPart = numbers !== null || inPart.test(words) || one.test(words) || number.test(words.replace(counted, ''));
  const beside = flat.slice(Math.max(0, at - 1), at + 2);
  const saysAll = /\b(?:all|both)\b/iu.test(words);
  // `Applied these:` has its list below.
  const mayMeanPart =
    saysPart ||
    /[:,]$/u.test(words) ||
    (!saysAll && beside.some((near) => inPart.test(near))) ||
    (!saysAll && flat.some((other) => named.test(other)));
  const version = /\sv(\d{1,3})\b(?!\.\d)/iu.exec(words)?.[1];
  return {
    words: verbatim,
    listed,
    numbers,
    version: version === undefined ? null : Number(version),
    mayMeanPart,
    bare: (listed.length > 0 || !mayMeanPart) && barePattern.test(words),
    lines: lines.map(plain),
  };
}

/** Whether a reply to a patch itself says that this patch was applied. */
export function tookIt({ listed, numbers, version }: Applied, patch: PatchSubject): boolean {
  const { number, isCover, total } = patch;
  if (version !== null && version !== patch.version) return false;
  if (isCover) return listed.length === 0 || new Set(listed.map((item) => item.number)).size >= (total ?? 0);
  if (listed.length > 0) return listed.some((item) => isSame(item, patch));
  return number === null || numbers === null || numbers.has(number);
}

/** Whether a reply to the head of a series says that one patch of it was applied: this one by name or number, or the series; null where it does not. */
export function tookOf(applied: Applied, patch: PatchSubject): 'this' | 'series' | null {
  const { listed, numbers, version, mayMeanPart, lines } = applied;
  if (version !== null && version !== patch.version) return null;
  if (listed.length > 0) return listed.some((item) => isSame(item, patch)) ? 'this' : null;
  if (numbers !== null) return patch.number !== null && numbers.has(patch.number) ? 'this' : null;
  if (lines.includes(plain(patch.title))) return 'this';
  return mayMeanPart ? null : 'series';
}

/** `3/8`, `patch 3`, `patches 3 and 5`, `#3`: a reply that speaks of single patches may not mean the series by what it applied. */
const named = /(?<![\d/.])\d{1,3}\/\d{1,3}(?![\d/])|\bpatch(?:es)?\s{1,3}#?\d|(?<!\S)#\d/iu;
/** `The patch`, in answer to a series. */
const one = /\bpatch\b(?!\s?-?(?:set|series)\b)/iu;
/** Any number that may be a patch's, which those of releases (`5.12`, `md-6.9`) are not. */
const number = /(?<![\w./-])\d{1,3}(?![\w-]|\.\d)/u;
/** `All 25 patches`. */
const counted = /\b(?:all|the|these)(?: of the| of these| the)? \d{1,3} (?:patches|of)\b/iu;

const numeral = String.raw`#?\[?\d{1,3}(?:\/\d{1,3})?\]?`;
const numberList = String.raw`${numeral}(?:(?:\s{0,2}(?:-|–|,|&|\+|\.\.)\s{0,2}|\s(?:and|to|through)\s)(?:and\s)?${numeral}){0,30}`;
const numbersPattern = new RegExp(
  String.raw`\b${verb} (?:patch(?:es)? |numbers? )?(?<list>${numberList})(?![\d/]|\.\d|\s(?:of|patch|more|commit|day|week|hour|\/))`,
  'isu',
);

/** The numbers in `Applied 1-3 and 5`; null where no numbers follow. */
function numbersAfterVerb(words: string): Set<number> | null {
  const list = numbersPattern.exec(words)?.groups?.['list'];
  if (list === undefined) return null;
  const numbers = new Set<number>();
  for (const part of list.matchAll(
    /(\d{1,3})(?:\/\d+)?\]?(?:\s*(?:-|–|\.\.|to|through)\s*#?\[?(\d{1,3})(?:\/\d+)?)?/giu,
  )) {
    const from = Number(part[1]);
    const to = Math.min(Number(part[2] ?? from), from + 200);
    for (let number = from; number <= to; number += 1) numbers.add(number);
  }
  return numbers;
}

/**
 * The patches that a reply lists by place and title, as the tools of maintainers do: `[3/8] mm: fix it`, `- [v4,3/8] mm: fix it`. Where the
 * tool names the commits of some, those for which it found none may not have been taken.
 */
function listedIn(lines: readonly string[]): PatchSubject[] {
  const found = lines.flatMap((line, at) => {
    const patch = line.startsWith('[') ? patchOf(line) : null;
    if (patch === null || patch.number === null) return [];
    return [{ patch, lacksCommit: /^\(no\b.{0,40}\bcommit\b.{0,40}\)$/iu.test(lines[at + 1] ?? '') }];
  });
  const some = found.some(({ lacksCommit }) => !lacksCommit);
  return found.filter(({ lacksCommit }) => !(some && lacksCommit)).map(({ patch }) => patch);
}

/** The lines that a reply's author set down, bullets left out: a list of titles counts although they are the patches' author's words. */
function linesIn({ text, blocks }: LibraryMessage): string[] {
  return blocks
    .filter(
      ({ kind, depth, source }) =>
        (kind === 'prose' && depth === 0) || (source?.kind === 'message' && source.unmarked !== undefined),
    )
    .flatMap(({ lines }) => lines.map(({ start, end }) => text.slice(start, Math.min(end, start + 400))))
    .map((line) => line.trim().replace(/^[-*•]\s+/u, ''))
    .filter((line) => line !== '');
}

function isSame(listed: PatchSubject, { number, title }: PatchSubject): boolean {
  return (number === null || listed.number === number) && plain(listed.title) === plain(title);
}

function plain(title: string): string {
  return title.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}
