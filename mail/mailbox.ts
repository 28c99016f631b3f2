import { addressIn } from './address.js';
import { splitAddressList, type AddressEntry } from './address-list.js';
import { sentFor } from './on-behalf.js';

/** A person as a header names them (RFC 5322, 3.4). */
export interface Mailbox {
  /** The display name, decoded, `Last, First` kept as written; null where there is none. */
  readonly name: string | null;
  /** The address, lower-cased domain; null where it is missing or masked. */
  readonly address: string | null;
  /** What an archive shows in place of the address (`dan.j.williams@...el.com`); null where it masks nothing. */
  readonly masked: string | null;
}

const NOBODY: Mailbox = { name: null, address: null, masked: null };

/** Longer names are no names; what stands behind this many characters is left out. */
const MAX_NAME = 200;

/**
 * Reads a From, To or Cc header whose encoded words are already decoded. Takes the looks that archives show besides
 * RFC 5322: names as comments, `Last, First <a@b>` without quotes, groups, pipermail's `ann at example.org (Ann)`,
 * `Ann via list <list@…>` (a list's stand-in for the sender: its address is kept as masked), and masked addresses.
 */
export function parseMailboxes(header: string): Mailbox[] {
  const mailboxes: Mailbox[] = [];
  for (const entry of rejoined(splitAddressList(header))) {
    const mailbox = mailboxOf(entry);
    if (mailbox !== NOBODY) mailboxes.push(mailbox);
  }
  return mailboxes;
}

/** The first mailbox of a header; all null where there is none. */
export function parseMailbox(text: string): Mailbox {
  return parseMailboxes(text)[0] ?? NOBODY;
}

/** What to call a person: the name, else the part of the address before its `@`. Never an address; `unknown` where nothing is known. */
export function displayName(mailbox: Mailbox): string {
  const name = mailbox.name
    ?.slice(0, MAX_NAME)
    .replace(/[^\s@<>()]+@[^\s<>()]+/gu, (address) => localPart(address))
    .trim();
  if (name !== undefined && name !== '') return name;
  return localPart((mailbox.address ?? mailbox.masked ?? '').slice(0, MAX_NAME)) || 'unknown';
}

function localPart(address: string): string {
  return address.split(/ m@iii@g |@|_at_|[ ([{]+at[ )\]}]+|\(a\)/iu)[0]?.trim() ?? '';
}

/** Puts `Last, First <a@b>` together again where the comma stood without quotes (as it does once encoded words are decoded). */
function* rejoined(entries: readonly AddressEntry[]): Generator<AddressEntry> {
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at];
    const next = entries[at + 1];
    if (entry === undefined) continue;
    if (next !== undefined && isLastName(entry) && next.angle !== null && /^\p{L}/u.test(next.words)) {
      yield { ...next, words: `${entry.words}, ${next.words}` };
      at += 1;
    } else yield entry;
  }
}

function isLastName(entry: AddressEntry): boolean {
  const bare = entry.angle === null && !entry.quoted && entry.comment === '';
  return bare && /^\p{L}[\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+){0,3}$/u.test(entry.words.slice(0, MAX_NAME));
}

function mailboxOf(entry: AddressEntry): Mailbox {
  const addressed = entry.angle !== null ? addressIn(entry.angle) : null;
  if (addressed !== null) return named(entry.words || entry.comment, addressed);
  // `a@b (Name)`, `ann at example.org (Ann)`, or a name alone
  const alone = entry.quoted ? null : addressIn(entry.words);
  if (alone !== null) return named(entry.comment, alone);
  return named(entry.words || entry.comment || (entry.angle ?? ''), { address: null, masked: null });
}

function named(text: string, place: Pick<Mailbox, 'address' | 'masked'>): Mailbox {
  const behalf = sentFor(text.slice(0, MAX_NAME * 2));
  const cleaned = cleanName(behalf ?? text);
  const relayed = /^(?<name>.*\S) (?:via|\(via|\[via) \S.*$/iu.exec(cleaned);
  const name = nameOrNull(relayed === null ? cleaned : cleanName(relayed.groups?.['name'] ?? ''), place);
  const { address, masked } = place;
  // `ann@example.org via pots`: a list that knows no name shows the address in its place.
  const sender = relayed === null && behalf === null ? null : addressIn(relayed?.groups?.['name'] ?? cleaned);
  if (sender !== null) return { name: null, ...sender };
  if (relayed !== null || behalf !== null) return { name, address: null, masked: masked ?? address };
  return name === null && address === null && masked === null ? NOBODY : { name, address, masked };
}

/** A name without the quotes that mail programs leave around it (`"'Ann Lee'"`) and without line breaks or controls. */
function cleanName(text: string): string {
  const line = text
    .slice(0, MAX_NAME)
    .replace(/[\s\p{Cc}<>]+/gu, ' ')
    .trim();
  return line.replace(/^(['"])(.*)\1$/u, '$2').trim();
}

/** A name that only repeats the address is none. */
function nameOrNull(name: string, place: Pick<Mailbox, 'address' | 'masked'>): string | null {
  if (name === '') return null;
  const shown = place.address ?? place.masked ?? '';
  const repeats = name.toLowerCase() === shown.toLowerCase() || addressIn(name) !== null;
  return repeats ? null : name;
}
