import { parseMailDate } from './date.js';
import { claim, type Labels } from './labels.js';
import { indentOf, isEmptyLine, wordsOf, type Lines } from './lines.js';
import { parseMailbox } from './mailbox.js';

const COMMIT = /^\s*commit [0-9a-f]{7,64}\b/u;
const FIELD = /^\s*(Author|AuthorDate|Commit|CommitDate|Date|Merge):\s{1,8}(\S.*)$/u;
/** git indents a message by so much more than what stands above it. */
const INDENT = 4;

/**
 * Labels commits as `git log` and `git show` print them: what stands below is the commit's author's, not of who pasted it.
 *
 *     commit 5361ad3910c257bc
 *     Author: Ann Lee <ann@example.org>
 *     Date:   Fri Apr 19 14:38:17 2024 +0200
 *
 *         pump: stop before the tank is empty
 */
export function labelCommits(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null || !COMMIT.test(wordsOf(lines, i))) continue;
    const { end, fields } = fieldsBelow(lines, labels, i);
    const author = fields.get('Author');
    if (author === undefined || !/\S.*<.+>/u.test(author)) continue;
    const { name, address, masked } = parseMailbox(author);
    const date = fields.get('AuthorDate') ?? fields.get('Date');
    claim(labels, i, end, 'attribution');
    const said = { name, address: address ?? masked, messageId: null };
    labels.said.set(i, { ...said, date: date === undefined ? null : parseMailDate(date) });
    const over = messageEnd(lines, end, lines.marks[i]!, indentOf(lines, i) + INDENT);
    for (let at = end; at < over; at++) labels.depth[at] = labels.depth[at]! + 1;
    i = over - 1;
  }
}

interface Fields {
  /** The line after the last one. */
  readonly end: number;
  readonly fields: ReadonlyMap<string, string>;
}

function fieldsBelow(lines: Lines, labels: Labels, commit: number): Fields {
  const fields = new Map<string, string>();
  let end = commit + 1;
  for (; end < lines.count && lines.marks[end] === lines.marks[commit] && labels.kind[end] === null; end++) {
    const [, name, value] = FIELD.exec(wordsOf(lines, end)) ?? [];
    if (name === undefined || value === undefined || fields.has(name)) break;
    fields.set(name, value);
  }
  return { end, fields };
}

/** The line after the last of a message that is indented by at least `indent`. */
function messageEnd(lines: Lines, from: number, marks: number, indent: number): number {
  let end = from;
  for (let at = from; at < lines.count && lines.marks[at] === marks; at++) {
    if (isEmptyLine(lines, at)) continue;
    if (indentOf(lines, at) < indent) break;
    end = at + 1;
  }
  return end;
}
