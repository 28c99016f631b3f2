import type { Attribution } from './block.js';
import { parseMailDate } from './date.js';
import { parseMailbox } from './mailbox.js';
import { isRole } from './role.js';

const LOOK =
  />>> (?:([^>\n][^\n]{1,100}?) (\d{1,4}[-/.](?:\d{1,2}|\p{L}{3})[-/.]\d{1,4}(?:,? [^>\n]{1,20})?) >>>[ \t]*(?=\n|$)|On [^\n]{5,50}, in message\b)/uy;

/** GroupWise's attribution, which looks like quoted words: `>>> Ann Lee <ann@example.org> 04/03/2015 21:15 >>>`, `>>> On 4/3/2015 at 9:15 PM, in message …`. */
export function isGroupWise(text: string, at: number): boolean {
  LOOK.lastIndex = at;
  return text.startsWith('>>> ', at) && LOOK.test(text);
}

/** Reads such a line; null where it is another one, or goes on as other programs' do (`wrote:`). */
export function parseGroupWise(line: string): Attribution | null {
  LOOK.lastIndex = 0;
  const match = line.startsWith('>>> ') ? LOOK.exec(line) : null;
  if (match?.[1] === undefined) return null;
  const { name, address, masked } = parseMailbox(match[1].replace(/ "([^"\s]+@[^"\s]+)"$/u, ' <$1>'));
  const shown = address ?? masked;
  const role = isRole(name ?? '') || isRole(shown ?? '');
  const date = parseMailDate(match[2]!);
  return role ? { name: null, address: null, date, messageId: null } : { name, address: shown, date, messageId: null };
}
