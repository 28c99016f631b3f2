const greater = 0x3e;
const newline = 0x0a;
const space = 0x20;
const from = Buffer.from('>From ');

/**
 * Takes back what mbox writers did to lines that start with `From `. mboxrd puts one `>` before every `>*From `, mboxo only
 * before `From ` itself, so that a quoted `>From ` of a reply stands as it was. With `isMboxrd` every such line
 * loses one `>`. Without, a line keeps its markers where a neighbouring line is quoted as deeply as it is: then it is a quote.
 */
export function unescapeFromLines(octets: Buffer, isMboxrd: boolean): Buffer {
  let found = octets.indexOf(from);
  if (found < 0) return octets;
  const kept: Buffer[] = [];
  let copied = 0;
  for (; found >= 0; found = octets.indexOf(from, found + from.length)) {
    let lineStart = found;
    while (lineStart > copied && octets[lineStart - 1] === greater) lineStart--;
    if (lineStart > 0 && octets[lineStart - 1] !== newline) continue;
    if (!isMboxrd && isQuote(octets, lineStart, found - lineStart + 1)) continue;
    kept.push(octets.subarray(copied, lineStart));
    copied = lineStart + 1;
  }
  return kept.length === 0 ? octets : Buffer.concat([...kept, octets.subarray(copied)]);
}

function isQuote(octets: Buffer, lineStart: number, depth: number): boolean {
  const lineEnd = octets.indexOf(newline, lineStart);
  const previous = lineStart < 2 ? 0 : quoteDepth(octets, octets.lastIndexOf(newline, lineStart - 2) + 1);
  return previous >= depth || (lineEnd >= 0 && quoteDepth(octets, lineEnd + 1) >= depth);
}

/** How many `>` a line starts with, blanks between them passed over; at most 100. */
function quoteDepth(octets: Buffer, lineStart: number): number {
  let depth = 0;
  for (let at = lineStart; at < octets.length && depth < 100; at++) {
    if (octets[at] === greater) depth++;
    else if (octets[at] !== space || depth === 0) break;
  }
  return depth;
}
