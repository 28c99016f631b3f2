/** The line above a message on a saved Patchwork page: `Jane Doe July 20, 2018, 7:57 p.m. UTC | #1`. */
export interface CommentHead {
  /** The index of the first line that is the page's, the `Comments` heading above the first comment included. */
  readonly heading: number;
  /** The index of the message's first line. */
  readonly body: number;
  readonly name: string;
  /** `July 20, 2018, 7:57 p.m.`, UTC. */
  readonly date: string;
  /** 0 for the submission, which has none. */
  readonly number: number;
}

/** Django's way of writing a moment in English. */
const MOMENT = String.raw`(?:Jan\.|Feb\.|March|April|May|June|July|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.) \d{1,2}, \d{4}, (?:noon|midnight|\d{1,2}(?::\d{2})? [ap]\.m\.)`;
const HEAD = new RegExp(String.raw`^\s{0,9}(?:(\S.{0,200}?)\s+)?(${MOMENT})(?: UTC)?(?: \| #(\d{1,5}))?\s*$`);

/** Reads the head of a message that starts at a line, or at two: browsers put a date that floats below the name. */
export function headAt(lines: readonly string[], at: number): CommentHead | null {
  const line = lines[at] ?? '';
  if (line.length > 300) return null;
  const [, name, date = '', number = '0'] = HEAD.exec(line) ?? [];
  if (name !== undefined) return { heading: at, body: textAfter(lines, at + 1), name, date, number: Number(number) };
  const [, none, below = '', count = '0'] = HEAD.exec((lines[at + 1] ?? '').slice(0, 300)) ?? [];
  if (below === '' || none !== undefined || line.trim() === '') return null;
  return { heading: at, body: textAfter(lines, at + 2), name: line.trim(), date: below, number: Number(count) };
}

/** Passes over the marks that Patchwork hides by a style sheet, which a page saved without its styles shows. */
function textAfter(lines: readonly string[], from: number): number {
  let at = from;
  for (const mark of ['Addressed', 'Unaddressed']) {
    while (lines[at]?.trim() === '') at++;
    if (lines[at++]?.trim() !== mark) return from;
  }
  return at;
}

/**
 * The heads of the comments, in the page's order. They count 1, 2, 3 …, the first below a `Comments` heading; what looks
 * like a head and does not go on counting stands in somebody's text.
 */
export function headsIn(lines: readonly string[], from: number, end: number): CommentHead[] {
  const found: CommentHead[] = [];
  for (let at = from; at < end; at++) {
    const head = headAt(lines, at);
    if (head === null || head.number === 0) continue;
    const above = head.number === 1 ? commentsHeading(lines, at) : at;
    if (above !== null) found.push({ ...head, heading: above });
    at = head.body - 1;
  }
  return counted(found);
}

function commentsHeading(lines: readonly string[], at: number): number | null {
  let above = at - 1;
  while (lines[above]?.trim() === '') above--;
  return /^\s*Comments\s*$/.test(lines[above] ?? '') ? above : null;
}

/** Heads of number n behind n - 1 and before n + 1: two of them where one is somebody's text. */
function counted(heads: readonly CommentHead[]): CommentHead[] {
  let number = 0;
  return heads.filter((head) => {
    if (head.number === number + 1) number++;
    return head.number === number;
  });
}

/** The heads whose number no other head claims. */
export function certainHeads(heads: readonly CommentHead[]): Set<CommentHead> {
  const claims = new Map<number, number>();
  for (const { number } of heads) claims.set(number, (claims.get(number) ?? 0) + 1);
  return new Set(heads.filter(({ number }) => claims.get(number) === 1));
}
