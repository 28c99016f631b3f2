import type { Mailbox } from '../mail/mailbox.js';
import type { Message, Sighting } from '../mail/message.js';
import { maskedMatches, nameKey } from '../mail/person.js';
import { withoutBlocks } from './unlabelled.js';

/** More addresses than anybody writes from: a name that holds more is a robot's or a list's. */
const MOST = 20;

/** Addresses that copies of mail show in full, by the person that uses them: what masked ones are repaired from. */
export class AddressBook {
  readonly #byPerson = new Map<string, Set<string>>();

  add(mailbox: Mailbox): void {
    if (mailbox.name === null || mailbox.address === null) return;
    const person = nameKey(mailbox);
    const known = this.#byPerson.get(person);
    if (known === undefined) this.#byPerson.set(person, new Set([mailbox.address]));
    else if (known.size < MOST) known.add(mailbox.address);
  }

  /** The mailbox with its address, where it is masked and exactly one address of that person can have been masked so. */
  repaired(mailbox: Mailbox): Mailbox {
    const { name, address, masked } = mailbox;
    if (address !== null || masked === null || name === null) return mailbox;
    const known = this.#byPerson.get(nameKey(mailbox)) ?? [];
    const fitting = [...known].filter((whole) => maskedMatches(masked, whole));
    const [only] = fitting;
    return only !== undefined && fitting.length === 1 ? { name, address: only, masked: null } : mailbox;
  }
}

/** A mail to thousands names nobody in particular. */
const RECIPIENTS = 50;

/** The addresses that these mails show, of their authors and recipients. */
export function addressesIn(messages: readonly Message[], sightings: readonly Sighting[]): AddressBook {
  const book = new AddressBook();
  for (const { from, to, cc } of messages) {
    for (const mailbox of [from, ...to.slice(0, RECIPIENTS), ...cc.slice(0, RECIPIENTS)]) book.add(mailbox);
  }
  for (const { from } of sightings) book.add(from);
  return book;
}

/** Those of `messages` that had masked addresses which others show whole, repaired. */
export function repairedMessages(messages: readonly Message[], sightings: readonly Sighting[]): Message[] {
  const damaged = messages.filter(({ from, to, cc }) => [from, ...to, ...cc].some(({ masked }) => masked !== null));
  if (damaged.length === 0) return [];
  const book = addressesIn(messages, sightings);
  return damaged.flatMap((message) => {
    const from = book.repaired(message.from);
    const to = message.to.map((mailbox) => book.repaired(mailbox));
    const cc = message.cc.map((mailbox) => book.repaired(mailbox));
    const isSame =
      from === message.from &&
      to.every((mailbox, at) => mailbox === message.to[at]) &&
      cc.every((mailbox, at) => mailbox === message.cc[at]);
    return isSame ? [] : [{ ...withoutBlocks(message), from, to, cc, blocks: message.blocks }];
  });
}
