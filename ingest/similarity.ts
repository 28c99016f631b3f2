/** Longer bodies are compared by their beginnings: 10 MB of patch say no more about who wrote what than 200 kB. */
const MAX_LENGTH = 200_000;

/** Words in a row that count as one piece of evidence. */
const RUN = 3;

/**
 * How much of the shorter text is found in the longer one, 0 to 1: the share of its runs of three words. Blanks, line
 * breaks, quote markers, case, punctuation and addresses (archives mask them) do not count, so that list footers,
 * rewrapping, masking and cut texts leave a copy similar. Two texts without words are alike; one is unlike any other.
 */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const [one, other] = [runsOf(a), runsOf(b)];
  if (one.size === 0 || other.size === 0) return Number(one.size === other.size);
  const [shorter, longer] = total(one) <= total(other) ? [one, other] : [other, one];
  let shared = 0;
  for (const [run, count] of shorter) shared += Math.min(count, longer.get(run) ?? 0);
  return shared / total(shorter);
}

/** How often each run of words occurs. Texts of one or two words are one run. */
function runsOf(text: string): Map<string, number> {
  const words: string[] = [];
  for (const token of text.slice(0, MAX_LENGTH).toLowerCase().split(/\s+/u)) {
    if (/@|_at_|•/u.test(token)) continue;
    for (const word of token.split(/[^\p{L}\p{N}]+/u)) if (word !== '') words.push(word);
  }
  const runs = new Map<string, number>();
  for (let at = 0; at === 0 || at + RUN <= words.length; at += 1) {
    const run = words.slice(at, at + RUN).join(' ');
    if (run !== '') runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}

function total(runs: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of runs.values()) sum += count;
  return sum;
}

/** How many addresses in a text an archive has masked. */
export function countMasks(text: string): number {
  return text.match(/@\.\.\.|@xxx|\w•\w|\w_at_\w|\[email.protected\]/gu)?.length ?? 0;
}
