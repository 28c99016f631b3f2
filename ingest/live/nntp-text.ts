const dot = 0x2e;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Undoes dot-stuffing and CR LF (RFC 3977, 3.1.1), in memory of its own. */
export function unstuffed(block: Buffer): Buffer {
  const text = Buffer.allocUnsafe(block.length);
  let to = 0;
  let from = 0;
  while (from < block.length) {
    if (block[from] === dot && block[from + 1] === dot) from++;
    const end = block.indexOf(lineFeed, from);
    const next = end < 0 ? block.length : end + 1;
    const cut = end > from && block[end - 1] === carriageReturn ? end - 1 : end < 0 ? next : end;
    to += block.copy(text, to, from, cut);
    if (end >= 0) text[to++] = lineFeed;
    from = next;
  }
  return text.subarray(0, to);
}

/** One line of an overview (RFC 3977, 8.3). */
export interface OverviewLine {
  readonly number: number;
  /** With its brackets, as it stands there. */
  readonly messageId: string;
}

/** The lines of an overview block; lines that are none are left out. */
export function overviewLines(block: Buffer): OverviewLine[] {
  return block
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const fields = line.split('\t', 6);
      const number = Number(fields[0]);
      return fields.length >= 5 && Number.isSafeInteger(number) && number > 0
        ? [{ number, messageId: fields[4] ?? '' }]
        : [];
    });
}
