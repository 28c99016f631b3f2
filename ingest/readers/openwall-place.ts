import type { MailDate } from '../../mail/date.js';
import type { Mailbox } from '../../mail/mailbox.js';
import type { MessageFields } from '../../mail/message.js';

/** What is known about where Openwall shows a message. */
export interface OpenwallPlace {
  readonly list: string | null;
  readonly permalink: string | null;
}

/** A day's mail on Openwall, and the message's number on that day where it is known. */
export interface OpenwallDay {
  /** `2019/01/31` */
  readonly day: string;
  readonly number: number | null;
}

const KERNEL = 'https://lists.openwall.net';
const OPENWALL = 'https://www.openwall.com/lists';

/** The lists that Openwall carries (the navigation of its pages names them) with the address that mail to them bears. */
const LISTS: readonly (readonly [name: string, site: string, address: string])[] = [
  ['linux-kernel', KERNEL, 'linux-kernel@vger.kernel.org'],
  ['netdev', KERNEL, 'netdev@vger.kernel.org'],
  ['linux-ext4', KERNEL, 'linux-ext4@vger.kernel.org'],
  ['linux-hardening', KERNEL, 'linux-hardening@vger.kernel.org'],
  ['linux-cve-announce', KERNEL, 'linux-cve-announce@vger.kernel.org'],
  ['bugtraq', KERNEL, 'bugtraq@securityfocus.com'],
  ['full-disclosure', KERNEL, 'full-disclosure@lists.grok.org.uk'],
  ...['oss-security', 'kernel-hardening', 'musl', 'john-users', 'john-dev', 'owl-users', 'crypt-dev', 'passwords'].map(
    (name) => [name, OPENWALL, `${name}@lists.openwall.com`] as const,
  ),
];

/**
 * The archive's list and the page of a message. A saved page does not say where it was saved from, so this puts together
 * what is certain: the list (named by the page, else the only one that Openwall carries among To and Cc) and the day.
 * Where the number on that day is not known, the permalink is the day's index, the nearest page that leads to the
 * message. Null where the list is none of Openwall's: blists also runs elsewhere, and a guessed host would be a dead link.
 */
export function openwallPlace(named: string | null, fields: MessageFields, known: OpenwallDay | null): OpenwallPlace {
  const carried = named === null ? carriedAmong([...fields.to, ...fields.cc]) : LISTS.find(([name]) => name === named);
  const list = named ?? carried?.[0] ?? null;
  const day = known ?? (fields.date === null ? null : { day: filedUnder(fields.date), number: null });
  if (carried === undefined || day === null) return { list, permalink: null };
  const [name, site] = carried;
  return { list, permalink: `${site}/${name}/${day.day}/${day.number === null ? '' : String(day.number)}` };
}

/**
 * Openwall files by UTC: its page 2008/05/29/27 of linux-kernel shows `Wed, 28 May 2008 22:46:02 -0400`, and
 * 2015/10/28/994 one of 21:18 UTC, which would be the 29th on a clock in Moscow.
 */
function filedUnder(date: MailDate): string {
  return new Date(date.instant).toISOString().slice(0, 10).replaceAll('-', '/');
}

function carriedAmong(people: readonly Mailbox[]) {
  const shown = new Set(people.map(({ address, masked }) => (address ?? masked ?? '').toLowerCase()));
  return LISTS.find(([, , address]) => shown.has(address) || shown.has(maskedByOpenwall(address)));
}

/** blists puts `...` for the three characters behind the `@`. */
function maskedByOpenwall(address: string): string {
  const at = address.indexOf('@');
  return `${address.slice(0, at)}@...${address.slice(at + 4)}`;
}

/** Reads `…/linux-kernel/2019/01/31/94`, a mirror's path or a URL, and names like `2019-01-31-94.html`; null for others. */
export function openwallDay(pathOrUrl: string): (OpenwallDay & { readonly list: string | null }) | null {
  const folded =
    /(?:^|[/\\])(?:([\w.-]{1,100})[/\\])?(\d{4})[/\\](\d\d)[/\\](\d\d)[/\\](\d{1,6})(?:\.html?|[/\\]?(?:index\.html?)?)$/;
  const flat = /(?:^|[/\\])()(\d{4})-(\d\d)-(\d\d)-(\d{1,6})\.html?$/;
  const tail = pathOrUrl.slice(-300);
  const [, list, year, month, date, number] = folded.exec(tail) ?? flat.exec(tail) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  return {
    list: list === undefined || list === '' ? null : list,
    day: `${year}/${month}/${date}`,
    number: Number(number),
  };
}
