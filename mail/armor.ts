import { claim, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

/** A PGP block is no longer than this; one that never ends does not swallow the message. */
const MAX_LINES = 2000;

/** Labels PGP armour (RFC 4880, 6.2 and 7): the head of a signed message with its `Hash:` lines, and whole signature and key blocks. */
export function labelArmor(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null || lines.text[lines.content[i]!] !== '-') continue;
    const begin = /^-----BEGIN PGP ([A-Z ]{4,30})-----\s*$/u.exec(wordsOf(lines, i));
    if (begin === null) continue;
    const end = begin[1] === 'SIGNED MESSAGE' ? headEnd(lines, i) : blockEnd(lines, i, begin[1]!);
    claim(labels, i, end, 'armor');
    i = end - 1;
  }
}

function headEnd(lines: Lines, begin: number): number {
  let end = begin + 1;
  while (end < lines.count && /^(?:Hash|NotDashEscaped|Charset|Comment|Version): /u.test(wordsOf(lines, end))) end++;
  return end;
}

function blockEnd(lines: Lines, begin: number, what: string): number {
  for (let at = begin + 1; at < lines.count && at < begin + MAX_LINES; at++) {
    const words = wordsOf(lines, at);
    if (words.startsWith('-----END PGP') && words.includes(what)) return at + 1;
    if (words.startsWith('-----BEGIN PGP')) return begin + 1;
    if (!isEmptyLine(lines, at) && lines.marks[at]! < lines.marks[begin]!) return at;
  }
  return begin + 1;
}
