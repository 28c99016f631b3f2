import { basename, dirname } from 'node:path';
import type { Headers } from './header.js';
import { headerOf } from './header.js';

/**
 * The list's name from its List-Id (RFC 2919): `Linux RAID <linux-raid.vger.kernel.org>` is `linux-raid`.
 * Null where the header is missing or empty.
 */
export function listOf(headers: Headers): string | null {
  const value = headerOf(headers, 'list-id');
  const open = value.lastIndexOf('<');
  const id = open < 0 ? value : value.slice(open + 1).split('>', 1)[0];
  const label = /^[^\s.<>"@]+/.exec((id ?? '').trim())?.[0];
  return label === undefined ? null : label.slice(0, 100).toLowerCase();
}

/** A list's name for messages without List-Id: `usrp-users` for `archives/usrp-users.mbox.gz`. */
export function listFromFile(path: string): string {
  return named(basename(path));
}

/**
 * A list's name from the folder that holds mail: epochs (`0.git`), `git`, `cur` and the like are no names,
 * so `linux-raid/git/0.git` is `linux-raid`.
 */
export function listFromFolder(path: string): string {
  const name = basename(path);
  if (/^(\d+(\.git)?|git|\.git|cur|new|all\.git)$/.test(name) && dirname(path) !== path)
    return listFromFolder(dirname(path));
  return named(name);
}

/** The page that the archive itself names for this message (Archived-At, RFC 5064), if it is a web page. */
export function archivedAt(headers: Headers): string | null {
  return /^\s*<?\s*(https?:\/\/[^\s<>]+)\s*>?\s*$/i.exec(headerOf(headers, 'archived-at').slice(0, 2000))?.[1] ?? null;
}

function named(name: string): string {
  return name.replace(/^\.+/, '').split('.', 1)[0]?.replace(/\s+/g, '-') || 'mail';
}
