import { nameOf } from './attribution-name.js';
import { isDatePiece, OPENERS } from './attribution-words.js';

const OPENER = new RegExp(
  `^(?:${[...OPENERS]
    .sort((a, b) => b.length - a.length)
    .map((opener) =>
      /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u.test(opener) ? `${opener}(?=[\\s,:])` : opener,
    )
    .join('|')})`,
  'iu',
);

/** What an attribution line's words are: whether they open as such lines do, the name, and the date as written. */
export interface DatedWords {
  readonly opener: boolean;
  readonly name: string | null;
  readonly date: string | null;
}

/** A line without the word that opens it, where a name may follow that word at once (`Quoting Ann Lee`). */
export function withoutOpener(text: string): string {
  return text.replace(OPENER, '');
}

/** Takes a date off the front or the back; what is left is the name. */
export function splitDate(text: string): DatedWords {
  const match = OPENER.exec(text);
  const pieces = (match === null ? text : text.slice(match[0].length)).split(' ').filter((piece) => piece !== '');
  const front = dateRun(pieces, 0);
  const hasFront = pieces.slice(0, front).some((piece) => /\d/u.test(piece));
  if (hasFront) {
    return { opener: match !== null, name: nameOf(pieces.slice(front)), date: pieces.slice(0, front).join(' ') };
  }
  const whole = text.split(' ').filter((piece) => piece !== '');
  const start = whole.findIndex((piece, i) => /\d/u.test(piece) && isDatePiece(piece) && dateRun(whole, i) > i);
  if (start < 0) {
    const relative = front > 0 && match !== null;
    return { opener: match !== null, name: nameOf(relative ? pieces.slice(front) : pieces), date: null };
  }
  let from = start;
  while (from > 1 && isDatePiece(whole[from - 1]!)) from--;
  const end = dateRun(whole, from);
  const name = nameOf([
    ...(match === null ? whole : pieces).slice(0, from - (match === null ? 0 : openerPieces(match[0]))),
  ]);
  const after = nameOf(whole.slice(end));
  return {
    opener: match !== null,
    name: match === null ? (name ?? after) : (after ?? name),
    date: whole.slice(from, end).join(' '),
  };
}

function openerPieces(opener: string): number {
  return opener.split(' ').length;
}

/** A year, or a day that is all in figures: nothing of the date but the time of day is missing. */
const WHOLE_DAY = /^\(?(?:\d{4}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4})[,.)]*$/u;

/**
 * How far the pieces from `from` on are a date. After the time of day only a zone or year goes on with it, and after a whole day no word that
 * another word follows: Jan, Sam and Dom are people's names too.
 */
function dateRun(pieces: readonly string[], from: number): number {
  let timeSeen = false;
  let daySeen = false;
  for (let i = from; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (daySeen && opensName(pieces, i)) return i;
    daySeen ||= WHOLE_DAY.test(piece);
    if (!isDatePiece(piece)) {
      if (timeSeen && /^\(?(?:[A-Z]{1,4}T|UTC|MSK|WIB)\)?[,:]?$/u.test(piece) && !pieces[i - 1]!.endsWith(','))
        continue;
      if (timeSeen && piece.startsWith('(') && /\)[,:]?$/u.test(pieces[i + 1] ?? '')) return i + 2;
      return i;
    }
    if (
      timeSeen &&
      /^\p{L}{3,}|^\p{Lu}\p{Ll}$/u.test(piece) &&
      !/^\p{Lu}{3,4}[,:]?$|^(?:GMT|UTC)[-+]\d/u.test(piece) &&
      !/^(?:uhr|heures|horas|ore|am|pm)\b/iu.test(piece)
    )
      return i;
    if (/\d[:h.]\d\d/u.test(piece)) timeSeen = true;
  }
  return pieces.length;
}

function opensName(pieces: readonly string[], at: number): boolean {
  const next = pieces[at + 1];
  return next !== undefined && /^\p{Lu}\p{Ll}+$/u.test(pieces[at]!) && !isEnglishDay(pieces[at]!) && !/\d/u.test(next);
}

/** What stands behind the year in `4 Mar 2019 Mon` is nobody's name. */
function isEnglishDay(piece: string): boolean {
  return /^(?:mon|tue|wed|thu|fri|sat|sun)$/iu.test(piece);
}
