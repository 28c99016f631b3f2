import { withoutAddresses } from './attribution-address.js';
import { nameBesideAddress } from './attribution-beside.js';
import { splitDate, withoutOpener } from './attribution-date.js';
import { looksLikeName, nameOf, namesSomebody } from './attribution-name.js';
import { isDatePiece, SAYING_VERBS } from './attribution-words.js';
import type { Attribution } from './block.js';
import { parseMailDate } from './date.js';
import { withoutEncodedWords } from './encoded-word.js';
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
    // Gmane's `<ann <at> example.org>`
    .replace(/ <at> /gu, '@')
    // `Excerpts from Ann Lee's message of March 4`
    .replace(/'s message of(?= )/u, ' wrote')
    .trim();
  const ending = /(?:\s*[:：]|\.\.\.)\s*[*_"]*$/u.exec(plain);
  const body = ending === null ? plain : plain.slice(0, ending.index);
  const verb = verbIn(body);
  // The sign keeps apart what the verb parts: `um 18:26 schrieb RJ Lee`.
  const rest = verb === null ? body : `${body.slice(0, verb.start).trimEnd()} ¦ ${body.slice(verb.end).trimStart()}`;
  const beside = nameBesideAddress(withoutOpener(rest).trimStart());
  const { messageId, address, words } = withoutAddresses(beside === null ? rest : beside.words);
  const { opener: opened, name: named, date: dateText } = splitDate(words);
  const opener = opened || withoutOpener(rest) !== rest;
  const name = beside === null ? named : nameOf([beside.name]);
  if (name !== null && !looksLikeName(name)) return null;
  const date = dateText === null ? null : parseMailDate(dateText);
  const dated = dateText !== null && /\d/u.test(dateText);
  const timed = beside !== null && dated && /\d[:.h]\d\d/u.test(rest) && ending !== null;
  const certain = dated || address !== null;
  const somebody = name !== null && namesSomebody(name);
  if (name !== null && !somebody && !certain) return null;
  const role = isRole(name ?? '') || isRole(address ?? '');
  if (verb === null) {
    // Gmail in Russian sets no verb: `пн, 4 мар. 2019 г. в 10:11, Ann Lee <ann@example.org>:`.
    const dayFirst = /[>)]$/u.test(body) && isDatePiece(plain.split(' ', 1)[0]!);
    const datedFirst = dated && (/^[\d'"]/u.test(plain) || dayFirst);
    const likely = address !== null && name !== null && (opener || datedFirst) && (ending !== null || datedFirst);
    // A verb of a language that is not known: what follows must be quoted.
    if (!likely && timed)
      return { name: somebody && !role ? name : null, address, date, messageId, certain: false, opened: false };
    if (!likely) return null;
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
    opened:
      opener || (dated && (/^\d(?!\d?[:.h]\d\d\b)/u.test(plain) || (timed && isDatePiece(plain.split(' ', 1)[0]!)))),
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
