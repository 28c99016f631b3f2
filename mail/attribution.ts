import { isDatePiece, OPENERS, SAYING_VERBS } from './attribution-words.js';
import { looksLikeName, nameOf, namesSomebody } from './attribution-name.js';
import type { Attribution } from './block.js';
import { parseMailDate } from './date.js';
import { withoutEncodedWords } from './encoded-word.js';
import { messageIdOf } from './message-id.js';
import { isRole } from './role.js';

/** What an attribution line says, and how much the line alone proves. */
export interface ReadAttribution extends Attribution {
  /** A date or an address stands in it; without either (`Ann wrote:`) only a quote that follows makes it an attribution. */
  readonly certain: boolean;
  /** It begins as such lines do (`On Wed`, `Am 3.`, a date): no line above it belongs to it. */
  readonly opened: boolean;
}

/** No attribution is longer than four lines of mail. */
const MAX_LENGTH = 700;

const VERB = new RegExp(
  `(?:^|[\\s>)\\]"'”*,，]|(?<=\\s)\\?)(${[...SAYING_VERBS]
    .sort((a, b) => b.length - a.length)
    .map((verb) => verb.replace(/[()/?]/g, '\\$&'))
    .join('|')})(?=$|[\\s:：,(*>])`,
  'giu',
);
const CJK_VERB = /\s*(写道|寫道|写到|さんは書きました|さんが書きました|のメール|님이 작성|작성)/u;
const OPENER = new RegExp(
  `^(?:${[...OPENERS]
    .sort((a, b) => b.length - a.length)
    .map((opener) => (/[a-z]$/i.test(opener) ? `${opener}(?=[\\s,:])` : opener))
    .join('|')})`,
  'iu',
);
const MESSAGE_ID =
  /(?:\bin (?:message|article|mail|reply to)|message-id:?|\bin|news:)\s*<?([^<>\s@]{1,200}@[^<>\s]{1,200})>?/iu;
const ADDRESS = /[<[(]\s*(?:mailto:)?\s*([^<>()[\]]{1,200}?)\s*(?:\|?\s*mailto:[^<>\])]*)?[>\])]/giu;
/** As pipermail writes it, without brackets: a domain has a dot, and what `at` parts elsewhere has none. */
const PIPERMAIL_ADDRESS = /[\w.+-]{2,80} at (?:[\w-]{1,60}\.){1,6}[a-z]{2,12}(?![\w.])/u;
const BARE_ADDRESS = /[^\s<>()[\]"',;:]{1,100}@[^\s<>()[\]"',;]{1,200}/u;

/**
 * Reads an attribution line, its folded lines joined by blanks: `On DATE, NAME <ADDRESS> wrote:` in the languages and looks that
 * mail programs write. Null where the text is no such line.
 */
export function parseAttribution(line: string): ReadAttribution | null {
  if (line.length > MAX_LENGTH) return null;
  const plain = withoutEncodedWords(line)
    // Apple's narrow blank before AM and PM, as archives lose it.
    .replace(/(\d)(?:\?|=E2=80=AF)(?=[AP]\.?M\b)/giu, '$1 ')
    .replace(/(?<=\d)，/gu, ', ')
    .replace(/\s+/gu, ' ')
    .replace(/^[-–—*_|"'\s>.]+/u, '')
    .replace(/^[^\s"]{1,20}" == /u, '')
    .replace(/ >{5} /gu, ' ')
    .trim();
  const ending = /(?:\s*[:：]|\.\.\.)\s*[*_"]*$/u.exec(plain);
  const body = ending === null ? plain : plain.slice(0, ending.index);
  const verb = verbIn(body);
  const rest = verb === null ? body : `${body.slice(0, verb.start)} ${body.slice(verb.end)}`;
  const { messageId, address, words } = withoutAddresses(rest);
  const { opener, name, date: dateText } = splitDate(words);
  if (name !== null && !looksLikeName(name)) return null;
  const date = dateText === null ? null : parseMailDate(dateText);
  const dated = dateText !== null && /\d/u.test(dateText);
  const certain = dated || address !== null;
  const somebody = name !== null && namesSomebody(name);
  if (name !== null && !somebody && !certain) return null;
  const role = isRole(name ?? '') || isRole(address ?? '');
  if (verb === null) {
    const datedFirst = dated && /^[\d'"]/u.test(plain);
    if (!(address !== null && name !== null && (opener || datedFirst) && (ending !== null || datedFirst))) return null;
  } else {
    if (ending === null && !(dated && opener && verb.end >= body.length)) return null;
    if (name === null && address === null && messageId === null && !dated) return null;
    if (verb.end < body.length - 1 && !certain) return null;
  }
  return {
    name: somebody && !role ? name : null,
    address: role ? null : address,
    date,
    messageId,
    certain: certain || messageId !== null,
    opened: opener || (dated && /^\d/u.test(plain)),
  };
}

function verbIn(text: string): { start: number; end: number } | null {
  let found: { start: number; end: number } | null = null;
  for (const match of text.matchAll(VERB)) {
    const end = match.index + match[0].length;
    found = { start: end - match[1]!.length, end };
  }
  if (found !== null) return found;
  const cjk = CJK_VERB.exec(text);
  return cjk === null ? null : { start: cjk.index, end: cjk.index + cjk[0].length };
}

function withoutAddresses(text: string): {
  messageId: Attribution['messageId'];
  address: string | null;
  words: string;
} {
  let words = text;
  let messageId: Attribution['messageId'] = null;
  const id = /\bin\b|message-id|news:/iu.test(words) ? MESSAGE_ID.exec(words) : null;
  if (id !== null && /[\d$%]/u.test(id[1]!)) {
    messageId = messageIdOf(`<${id[1]!}>`);
    words = `${words.slice(0, id.index)} ${words.slice(id.index + id[0].length)}`;
  }
  let address: string | null = null;
  words = words.replace(ADDRESS, (whole, inner: string) => {
    if (!/@|\bat\b|_at_|\(a\)/u.test(inner)) return whole;
    address ??= inner.trim();
    return ' ';
  });
  words = words.replace(/\(\s*\)/gu, ' ');
  const bare =
    address === null ? (PIPERMAIL_ADDRESS.exec(words) ?? BARE_ADDRESS.exec(words)) : BARE_ADDRESS.exec(words);
  if (bare !== null) {
    address ??= bare[0].replace(/^mailto:/iu, '');
    words = `${words.slice(0, bare.index)} ${words.slice(bare.index + bare[0].length)}`;
  }
  return { messageId, address, words: words.trim() };
}

/** Takes a date off the front or the back; what is left is the name. */
function splitDate(text: string): { opener: boolean; name: string | null; date: string | null } {
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

/** How far the pieces from `from` on are a date. After the time of day only a zone or year goes on with it. */
function dateRun(pieces: readonly string[], from: number): number {
  let timeSeen = false;
  for (let i = from; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (!isDatePiece(piece)) {
      if (timeSeen && /^\(?[A-Z]{2,5}\)?[,:]?$/u.test(piece) && pieces[i - 1]!.endsWith(',') === false) continue;
      if (timeSeen && piece.startsWith('(') && /\)[,:]?$/u.test(pieces[i + 1] ?? '')) return i + 2;
      return i;
    }
    if (
      timeSeen &&
      /^\p{L}{3,}/u.test(piece) &&
      !/^\p{Lu}{3,4}[,:]?$|^(?:GMT|UTC)[-+]\d/u.test(piece) &&
      !/^(?:uhr|heures|horas|ore)\b/iu.test(piece)
    )
      return i;
    if (/\d[:h.]\d\d/u.test(piece)) timeSeen = true;
  }
  return pieces.length;
}
