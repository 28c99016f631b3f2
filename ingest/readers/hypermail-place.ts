import type { MailDate } from '../../mail/date.js';
import type { ArchiveFile, ArchiveItem } from './reader.js';
import type { MessageFields } from '../../mail/message.js';
import { listFromPath } from './page-address.js';

const LKML = 'https://lkml.iu.edu/hypermail/linux/kernel';
const HOUR = 3_600_000;

/** A message with its place: the list that the page names, and the page's URL, where either is known. */
export function hypermailItem(
  fields: MessageFields,
  file: ArchiveFile,
  named: string | null,
  permalink: string | null,
): ArchiveItem {
  const address = permalink ?? addressInPath(file.path);
  const list = file.list ?? named ?? (address?.startsWith(LKML) === true ? 'linux-kernel' : null);
  const origin = {
    source: file.source,
    list: list ?? listFromPath(file.path),
    locator: file.path,
    ...(address === null ? {} : { permalink: address }),
  };
  return { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
}

/** A mirror keeps the host (the archive has had three) as a folder: `…/lkml.iu.edu/hypermail/linux/kernel/1806.0/05094.html`. */
function addressInPath(path: string): string | null {
  const tail = path.slice(-400).replaceAll('\\', '/');
  const found = /(?:^|\/)(?:lkml|www\.uwsg)\.(?:iu|indiana)\.edu(\/hypermail\/[\w./-]+\.html)$/.exec(tail)?.[1];
  return found === undefined ? null : `https://lkml.iu.edu${found}`;
}

/**
 * Whether a page is in the look of lkml.iu.edu: a From without an address, a date with its fixed `EST`, and the hosts of
 * all addresses replaced by as many `x`. No other archive is known to write all three.
 */
export function looksLikeLkml(from: string, date: string, body: string): boolean {
  if (/[@<(]/.test(from) || !/^\w{3} \w{3} \d\d \d{4} - \d\d:\d\d:\d\d EST$/.test(date.trim())) return false;
  const hosts = [...body.slice(0, 200_000).matchAll(/[\w.+-]{1,64}@([\w.-]{1,255})/g)].map(([, host]) => host ?? '');
  return hosts.length > 0 && hosts.every((host) => /^x+\.?$/.test(host));
}

/**
 * The index of the period in which lkml.iu.edu keeps a message, the nearest page that leads to it, as saved text has no
 * number: `YYMM.W`, W being the day of the month divided by 8. Known pages agree: 7 Nov 2012 is in 1211.0, 15 Dec 2005
 * in 0512.1, 16 Oct 2006 in 0610.2, 23 May 2018 in 1805.2, 24 Nov 2017 in 1711.3, 31 May 2018 in 1805.3.
 * Null within an hour of a border, where it may have been filed on the other side.
 */
export function lkmlPeriod(date: MailDate): string | null {
  const local = date.instant + (date.offset ?? 0) * 60_000;
  const periods = [-HOUR, 0, HOUR].map((shift) => periodOf(local + shift));
  return new Set(periods).size === 1 ? `${LKML}/${periodOf(local)}/` : null;
}

function periodOf(local: number): string {
  const day = new Date(local).toISOString();
  return `${day.slice(2, 4)}${day.slice(5, 7)}.${String(Math.floor(Number(day.slice(8, 10)) / 8))}`;
}
