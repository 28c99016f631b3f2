import { withoutEncodedWords } from './encoded-word.js';
import { parseMailbox, type Mailbox } from './mailbox.js';
import { sentFor } from './on-behalf.js';
import { isRole } from './role.js';

/** Whom the `From:` of a header that stands in a body names; nobody where it is a list's own. */
export function quotedFrom(value: string): Mailbox {
  return withoutList(writerIn(plainFrom(value)));
}

/** `Ann Lee [mailto:ann@example.org]`, `Ann Lee <ann@example.org<mailto:ann@example.org>>`, `… On Behalf Of Ann Lee`: what RFC 5322 would write. */
function plainFrom(value: string): string {
  const sender = withoutEncodedWords(value.slice(0, 300));
  return (sentFor(sender) ?? sender)
    .replace(/<mailto:[^<>]*>/giu, '')
    .replace(/[[(]\s*mailto:([^\])]*)[\])]/giu, '<$1>')
    .replace(/\s*\|\s*mailto:[^>]*/giu, '')
    .trim();
}

/** Outlook leaves addresses out, and shows `Lee, Ann` as one name. */
function writerIn(from: string): Mailbox {
  if (/^[^,;@<>"]{1,60},[^,;@<>"]{1,60}$/u.test(from)) {
    return { name: from.replace(/ via .*$/iu, ''), address: null, masked: null };
  }
  return parseMailbox(from);
}

/** A list's own address (`r-help-bounces@…`) says nothing of who wrote. */
function withoutList(mailbox: Mailbox): Mailbox {
  const shown = [mailbox.name, mailbox.address, mailbox.masked];
  return shown.some((part) => part !== null && isRole(part)) ? { name: null, address: null, masked: null } : mailbox;
}
