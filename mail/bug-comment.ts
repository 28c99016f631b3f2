import type { Mailbox } from './mailbox.js';
import { addressIn } from './address.js';

const COMMENT = /^\s{0,3}-{3} Comment #\d{1,6} from (.{1,80}?) [(<]([^\s()<>]{3,120})[)>].{0,60}---\s*$/u;

/** Who wrote the comment that Bugzilla's mails set below a line that says so, and their replies quote; null for other lines. */
export function commenter(line: string): Mailbox | null {
  const match = line.includes('--- Comment #') ? COMMENT.exec(line) : null;
  return match === null ? null : { name: match[1]!, ...shownAddress(match[2]!) };
}

/** An address as a bug tracker shows it, perhaps masked. */
export function shownAddress(text: string): Pick<Mailbox, 'address' | 'masked'> {
  return addressIn(text) ?? { address: null, masked: text };
}
