/** What the brackets of a patch's subject say (`[PATCH net-next v4 3/8] mm: fix it`). */
export interface PatchSubject {
  /** The words in the brackets besides version and number, as written: `PATCH`, `RFC`, `net-next`. */
  readonly prefixes: readonly string[];
  /** 1 where none is given; 2.1 for `v2.1`. */
  readonly version: number;
  /** The place in the series, 0 for its cover letter; null for a patch on its own. */
  readonly number: number | null;
  readonly total: number | null;
  readonly title: string;
  /** A cover letter: number 0 of a series. */
  readonly isCover: boolean;
}

/** Headers are folded to 998 characters; longer subjects are read this far. */
const MAX_LENGTH = 1000;

/** Counters that Outlook, Lotus and The Bat add: `Re[2]:`, `Re^3:`, `RE(2):`. */
const COUNTER = String.raw`(?:\s?[[(^]?\d{1,3}[\])]?)?\s?[:：]\s*`;

/** Reply marks in the languages that mail programs write. Those that could be a topic (`vs:`, `R:`) count only as programs write them, with a capital. */
const REPLY = new RegExp(
  String.raw`^(?:[Rr][Ee]|AW|Aw|SV|Sv|VS|Vs|Ant[Ww]?|ANT|Antwort|RES|Res|RIF|Rif|R|Odp|ODP|YNT|Ynt|RV|Réf|Atb|Bls|回复|回覆|答复|答覆|返信|Ответ|Отв|НА|На)${COUNTER}`,
  'u',
);
const FORWARD = new RegExp(
  String.raw`^(?:[Ff][Ww][Dd]?|WG|Wg|TR|Tr|ENC|Enc|I|VB|Vb|Doorst|PD|转发|轉寄|転送|Пересл)${COUNTER}`,
  'u',
);
/** What b4 writes when a maintainer took a part of a series. */
const SUBSET = /^\(subset\) /iu;
const TAG = /^\[(?<inside>[^[\]]{0,120})\]\s*/u;

/**
 * The subject as threads share it: without reply and forward marks, list tags and patch brackets, blanks folded, in
 * lower case. Parts of a series and later versions keep what parts one mail from the next, as `[patch v4 3/8]`, so
 * that `[v4,3/8]` (Patchwork) and `Re: [PATCH v4 3/8]` agree; a lone first `[PATCH]` leaves nothing, as on Patchwork.
 * Applying it twice changes nothing.
 */
export function normaliseSubject(subject: string): string {
  const { title, patch } = takenApart(subject);
  const words = title
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .slice(0, MAX_LENGTH / 2)
    .trim();
  if (patch === null || (patch.number === null && patch.version === 1)) return words;
  const place = patch.number === null ? '' : ` ${patch.number}/${patch.total ?? 0}`;
  return `[patch v${patch.version}${place}] ${words}`.trim();
}

/** Whether a subject says that the message is a reply (`Re:`, `AW:`, `回复:` …; forwards are not replies). */
export function isReplySubject(subject: string): boolean {
  let rest = folded(subject);
  for (let tag = TAG.exec(rest); tag !== null; tag = TAG.exec(rest)) rest = rest.slice(tag[0].length);
  return REPLY.test(rest);
}

/** Reads the brackets of a patch's subject, on a list or as Patchwork rewrites it; null where the subject is no patch's. */
export function patchOf(subject: string): PatchSubject | null {
  return takenApart(subject).patch;
}

function folded(subject: string): string {
  return subject.slice(0, MAX_LENGTH).normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

function takenApart(subject: string): { title: string; patch: PatchSubject | null } {
  let rest = folded(subject);
  let brackets: string[] | null = null;
  for (;;) {
    const tag = TAG.exec(rest);
    const mark = tag ?? REPLY.exec(rest) ?? FORWARD.exec(rest) ?? SUBSET.exec(rest);
    if (mark === null) break;
    // A subject that is nothing but a tag keeps it: `[ANNOUNCE]`.
    const inside = tag?.groups?.['inside'];
    const following = rest.slice(mark[0].length);
    if (inside !== undefined && following === '' && patchWords(inside) === null) break;
    if (inside !== undefined) brackets ??= patchWords(inside);
    rest = following;
  }
  return { title: rest, patch: brackets === null ? null : patchFrom(brackets, rest) };
}

/** The words of a patch's brackets; null where they are a list's or a topic's. */
function patchWords(inside: string): string[] | null {
  const words = inside.split(/[\s,]+/u).filter((word) => word !== '');
  // `[linux-next:master 12/34]` is a robot's tree and branch, no series.
  if (inside.includes(':')) return null;
  const named = words.some(
    (word) => /^(?:rfc|resend|repost)?-?patch(?:es|set)?(?:v\d|$)/iu.test(word) || /^rfcv?\d*$/iu.test(word),
  );
  const placed = words.some((word) => /^\d{1,4}\/\d{1,4}$/u.test(word) || /^v\d{1,3}(?:\.\d{1,2})?$/iu.test(word));
  return named || placed ? words : null;
}

function patchFrom(words: readonly string[], title: string): PatchSubject {
  const prefixes: string[] = [];
  let version = 1;
  let place: [number, number] | null = null;
  for (const word of words) {
    const numbered = /^(?<number>\d{1,4})\/(?<total>\d{1,4})$/u.exec(word)?.groups;
    const versioned = /^(?<prefix>(?:[a-z-]*?(?:patch|rfc)(?:set)?)?)v(?<version>\d{1,3}(?:\.\d{1,2})?)$/iu.exec(
      word,
    )?.groups;
    if (numbered !== undefined) place = [Number(numbered['number']), Number(numbered['total'])];
    else if (versioned !== undefined) version = Number(versioned['version']);
    if (numbered === undefined) {
      const prefix = versioned === undefined ? word : (versioned['prefix'] ?? '');
      if (prefix !== '') prefixes.push(prefix);
    }
  }
  const [number, total] = place ?? [null, null];
  return { prefixes, version, number, total, title, isCover: number === 0 };
}
