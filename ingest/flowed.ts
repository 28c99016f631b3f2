interface FlowedLine {
  readonly depth: number;
  readonly text: string;
}

/**
 * Joins the soft line breaks of format=flowed text (RFC 3676, 4): a line that ends with a blank goes on in the next of the
 * same quote depth. Space-stuffing is taken off, quote markers are written `> `, `>> `. With `delSp` the blank before a soft break goes too.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let parts: string[] = [];
  let depth = 0;
  const flush = () => {
    if (parts.length > 0) out.push(marked(depth, parts.join('')));
    parts = [];
  };
  for (const raw of text.split('\n')) {
    const line = flowedLine(raw);
    const isSignature = line.text === '-- ';
    if (line.depth !== depth || isSignature) flush();
    depth = line.depth;
    const isSoft = line.text.endsWith(' ') && !isSignature;
    parts.push(isSoft && delSp ? line.text.slice(0, -1) : line.text);
    if (!isSoft) flush();
  }
  flush();
  return out.join('\n');
}

function flowedLine(line: string): FlowedLine {
  let depth = 0;
  while (line.charCodeAt(depth) === 0x3e) depth++;
  const stuffed = line.charCodeAt(depth) === 0x20;
  return { depth, text: depth === 0 && !stuffed ? line : line.slice(depth + (stuffed ? 1 : 0)) };
}

function marked(depth: number, text: string): string {
  if (depth === 0) return text;
  return text.trim() === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}
