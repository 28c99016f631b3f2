import { isDatePiece } from './attribution-words.js';

/** A name beside a bracketed address, and the words of the line without both. */
export interface Beside {
  readonly name: string;
  readonly words: string;
}

const BRACKETED = /[<(]+\s*(?:mailto:)?[\u200e\u200f\u202a-\u202e]*[^\s<>()"]{1,100}(?:@| at )[^\s<>()"]{1,200}/u;
/** Words within a name that begin small. */
const PARTICLE = /^(?:de|del|della|di|da|dos|van|von|zu|zur|der|den|ter|te|la|le|el|al|bin|ibn|y|e|af|av)$/u;
const MOST_WORDS = 6;

/**
 * The name that stands right before a bracketed address: that holds in every language, whatever verb and date a mail program sets around them.
 * Null where there is no such name.
 */
export function nameBesideAddress(text: string): Beside | null {
  const found = BRACKETED.exec(text);
  if (found === null) return null;
  const before = text
    .slice(0, found.index)
    .trimEnd()
    .replace(/ via \S{1,40}(?: \S{1,40}){0,10}$/iu, '');
  const quoted = /(?:^|["“])([^"“”]{1,80})["”]$/u.exec(before);
  if (quoted !== null) {
    return { name: quoted[1]!, words: `${before.slice(0, quoted.index)} ${text.slice(found.index)}` };
  }
  // A company's brackets belong to the name.
  const company = / \([^()]{1,40}\)$/u.exec(before)?.[0] ?? '';
  const pieces = before.slice(0, before.length - company.length).split(' ');
  const first = firstOfName(pieces);
  if (first === null) return null;
  const name = `${pieces.slice(first).join(' ')}${company}`;
  return { name, words: `${pieces.slice(0, first).join(' ')} ${text.slice(found.index)}` };
}

function firstOfName(pieces: readonly string[]): number | null {
  let first = pieces.length;
  for (let at = pieces.length - 1; at >= 0 && pieces.length - at <= MOST_WORDS; at--) {
    if (!belongs(pieces, at)) break;
    first = at;
  }
  while (first < pieces.length && /^\(|^-$/u.test(pieces[first]!.replace(PARTICLE, '-'))) first++;
  return first < pieces.length && isFirst(pieces, first) ? first : null;
}

/** Whether a name begins at a piece for sure: what stands before it is a date, a sign, or a word that is set off from other words. */
function isFirst(pieces: readonly string[], first: number): boolean {
  const [before, stop] = [pieces[first - 2], pieces[first - 1]];
  if (stop === undefined || isDatePiece(stop) || /^\d|[¦,\])>]$/u.test(stop)) return true;
  const withinName = before !== undefined && /^\p{Lu}[\p{L}'’-]*$/u.test(before) && !isDatePiece(before);
  return endsDate(stop) && !withinName;
}

/** A zone, which a comma may follow: `EST,`. */
const ZONE = /^(?:[A-Z]{1,4}T|UTC|MSK),?$/u;

function belongs(pieces: readonly string[], at: number): boolean {
  const piece = pieces[at]!;
  const last = at === pieces.length - 1;
  if (/[\d:¦<>[\]]|^[^(]*\)|^(?:Uhr|[AP]M)$/u.test(piece) || ZONE.test(piece)) return false;
  // `Berg, Ada`: all else that ends in a comma is the date.
  if (piece.endsWith(',')) {
    const surname = /^(?:\p{Lu}[\p{L}\p{M}'’-]+|\([^()\s]{1,12}\)),$/u.test(piece) && !isDatePiece(piece);
    return surname && !last && !pieces.slice(at + 1).some((other) => other.endsWith(','));
  }
  if (!last && (PARTICLE.test(piece) || /^(?:-|\p{Lu}\.?|D[aei]|\([^()\s]{1,12}\))$/u.test(piece))) return true;
  if (!/^["'(]?[\p{Lu}\p{Lo}]/u.test(piece)) return false;
  // Jan, Sam and So are names too, where no part of a date stands before them.
  return !isDatePiece(piece) || (/\p{Ll}/u.test(piece) && (last || endsDate(pieces[at - 1])));
}

/** Whether a date is over with a piece: a clock, a zone, a comma, a word of no date, or nothing at all. */
function endsDate(piece: string | undefined): boolean {
  if (piece === undefined || (/^\p{Ll}/u.test(piece) && !isDatePiece(piece))) return true;
  return /,$|\d[:.h]\d\d|^[AP]M$|^[-+]\d{4}\)?$|¦/u.test(piece) || ZONE.test(piece);
}
