import { displayName, type Mailbox } from './mailbox.js';

/** Words before and behind a name that are not part of it. */
const TITLES = /^(?:dr|prof|mr|mrs|ms|sir|ing|dipl|herr|frau|phd|jr|sr|esq|msc|ii|iii)$/u;

/**
 * A person's name so that the ways of writing it agree: `Müller, Hans`, `Dr. Hans Mueller (Acme)` and `hans muller` are
 * told apart only by what is really different. Accents, case, titles, brackets and punctuation go; `Last, First` is
 * turned round. Without a name it is the local part of the address.
 */
export function nameKey(mailbox: Mailbox): string {
  const shown = displayName(mailbox).slice(0, 200);
  const plain = folded(withoutBrackets(shown));
  const [last = [], first = [], ...more] = plain.split(',').map(namesIn);
  const turned = first.length > 0 && more.every((part) => part.length === 0);
  const words = turned ? [...first, ...last] : namesIn(plain);
  return words.join(' ') || wordsOf(plain).join(' ') || folded(shown).trim();
}

function withoutBrackets(name: string): string {
  return name.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/gu, ' ');
}

function folded(name: string): string {
  const latin = name
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/[øöœ]/gu, 'o')
    .replace(/æ/gu, 'ae')
    .replace(/ł/gu, 'l');
  return latin.normalize('NFKD').replace(/\p{M}/gu, '');
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function namesIn(text: string): string[] {
  return wordsOf(text).filter((word) => !TITLES.test(word));
}

/** Whether an archive that masks can have shown `address` as `masked`. Strict: what is left unmasked must agree. */
export function maskedMatches(masked: string, address: string): boolean {
  const shown = masked.trim().toLowerCase().slice(0, 400);
  const real = address.trim().toLowerCase();
  const at = real.lastIndexOf('@');
  if (at < 1 || shown === '') return false;
  return looksOf(real.slice(0, at), real.slice(at + 1)).some((look) => look(shown));
}

type Look = (shown: string) => boolean;

/** One test for each way of masking `local@domain`. */
function looksOf(local: string, domain: string): Look[] {
  const real = `${local}@${domain}`;
  return [
    // blists: the `@` and three characters behind it become `@...`
    (shown) => shown === `${local}@...${domain.slice(3)}`,
    // Dots alone, or with some end of the domain, in place of its beginning
    (shown) => shown.startsWith(`${local}@..`) && domain.endsWith(shown.slice(local.length + 1).replace(/^\.+/u, '')),
    // hypermail at lkml.iu.edu: as many x as the domain is long
    (shown) =>
      shown.startsWith(`${local}@x`) && /^[x.]+$/u.test(shown.slice(local.length + 1)) && sameLength(shown, real),
    // hypermail `_at_`, ` (at) `, ` at `, `(a)`, with ` dot ` for dots
    (shown) =>
      shown.replace(/_at_| ?[([{<]? ?\bat\b ?[)\]}>]? ?|\(a\)/u, '@').replace(/ ?[([]?\bdot\b[)\]]? ?/gu, '.') === real,
    // public-inbox: the domain's first dot is a bullet
    (shown) => shown.includes('•') && shown.replace('•', '.') === real,
    // Google Groups: only the beginning of the local part is shown
    (shown) =>
      /^[^@]*\.\.\.@/u.test(shown) && local.startsWith(shown.split('...@')[0] ?? '') && shown.endsWith(`...@${domain}`),
    (shown) => /@(?:hidden|removed|redacted|\*+)$/u.test(shown) && shown.startsWith(`${local}@`),
    // Gmane: a hash stands behind the local part
    (shown) => shown.endsWith('@public.gmane.org') && shown.startsWith(`${local}-`),
  ];
}

function sameLength(shown: string, real: string): boolean {
  return shown.length === real.length;
}

/**
 * Whether two mailboxes name one person: `yes` where addresses agree, or a masked address fits a whole one and the names
 * do not contradict it, or the full names agree; `no` where two names differ; `unknown` where either says too little.
 */
export function samePerson(a: Mailbox, b: Mailbox): 'yes' | 'no' | 'unknown' {
  const named = sameName(a, b);
  if (a.address !== null && a.address.toLowerCase() === b.address?.toLowerCase()) return 'yes';
  if (named === 'yes') return 'yes';
  const fits = maskFits(a, b);
  if (fits === 'yes') return named === 'no' ? 'no' : 'yes';
  if (named === 'no' || (a.address !== null && b.address !== null)) return 'no';
  return fits;
}

function sameName(a: Mailbox, b: Mailbox): 'yes' | 'no' | 'unknown' {
  if (a.name === null || b.name === null) return 'unknown';
  const [one, other] = [nameKey(a), nameKey(b)];
  if (one === other) return 'yes';
  return wordSet(one) === wordSet(other) ? 'yes' : 'no';
}

/** Words in any order, initials left out (`Ann B. Lee`), unless too little is left to tell people apart. */
function wordSet(key: string): string {
  const words = key.split(' ').sort();
  const long = words.filter((word) => word.length > 1);
  return (long.length >= 2 ? long : words).join(' ');
}

function maskFits(a: Mailbox, b: Mailbox): 'yes' | 'no' | 'unknown' {
  if (a.masked !== null && b.masked !== null)
    return a.masked.toLowerCase() === b.masked.toLowerCase() ? 'yes' : 'unknown';
  const masked = a.masked ?? b.masked;
  const address = a.masked === null ? a.address : b.address;
  if (masked === null || address === null) return 'unknown';
  return maskedMatches(masked, address) ? 'yes' : 'no';
}
