/**
 * Attributions that Emacs programs (Supercite, VM, Gnus) set behind `>>>>> `, in one line or two, alone or quoted with what they speak of:
 *
 *     >>>>> "AL" == Ann Lee <ann@example.org> writes:
 *     > >>>>> Ann Lee <ann@example.org>
 *     > >>>>>     on Mon, 4 Mar 2019 10:00:00 +0000 writes:
 */
const SUPERCITE =
  />>>>> (?:"([^"\n]{1,20})" == |[^\n]{1,200}\bwrites:[ \t]*(?:\n|$)|[^\n<]{1,60}(?:<[^\n>]{1,80}>[ \t]*)?\n(?:> ?){0,8}>>>>> {2,9}on )/uy;
const INDENTED = /^>>>>> {2,9}on [^\n]{1,200}\bwrites:[ \t]*$/mu;
/** Marks that are what they look like have the rest of the quote below them. */
const NEXT_MARKS = /[> \t]{0,40}/uy;

/**
 * Whether `>>>>> ` at `at`, behind so many markers, begins an attribution and marks no quote. Five markers may also be what they look like, a
 * quote within quotes: then what it speaks of has no fewer.
 */
export function isSupercite(text: string, at: number, marks: number): boolean {
  if (!text.startsWith('>>>>> ', at)) return false;
  SUPERCITE.lastIndex = at;
  const match = SUPERCITE.exec(text);
  if (match === null) return false;
  if (match[1] !== undefined || !match[0].endsWith('\n')) return true;
  NEXT_MARKS.lastIndex = SUPERCITE.lastIndex;
  const next = NEXT_MARKS.exec(text)?.[0] ?? '';
  return next.replace(/[^>]/gu, '').length < marks + 5;
}

/** How many blanks may stand before the first marker: VM indents what such lines speak of. */
export function quoteIndent(text: string): number {
  return text.includes('>>>>> ') && INDENTED.test(text) ? 8 : 3;
}

/** The names that such lines say stand before the markers: `AL`. */
export function namesAnnounced(text: string): ReadonlySet<string> {
  if (!text.includes('>>>>> "')) return new Set();
  return new Set([...text.matchAll(/^(?:> ?){0,8}>>>>> "([^"\n]{1,20})" == /gmu)].map((match) => match[1]!));
}
