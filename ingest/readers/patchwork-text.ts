import { parseMailDate } from '../../mail/date.js';
import { messageIdOf } from '../../mail/message-id.js';
import { listFromPath } from './page-address.js';
import { namedOnly } from './page-fields.js';
import { headText, readPage } from './page-octets.js';
import { commentItem, patchText, submissionItem, type Submission } from './page-patchwork.js';
import { certainHeads, headAt, headsIn, type CommentHead } from './page-patchwork-heads.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

const ID = /^Message ID\s+(\S+@\S+)/;
const HEADING = /^(?:Commit Message|Message)\s*$/;
/** The buttons above the diff: `diff mbox series`, with the patch's number before them or not, on a line or several. */
const BUTTONS = /^\s*(?:\d+\s+)?(?:(?:diff|mbox|series)\s*)+$|^\s*\d+\s*$/;
const DIFF = /^(?:diff |Index: |index |--- |GIT binary|\*\*\* )/;
const FOOT = /^\s*patchwork patch tracking system(?: \||$)/;

/** The text that a browser saves of Patchwork's page of a patch or cover letter. */
export const patchworkText: Reader = {
  format: 'patchwork-text',
  detects(head) {
    const text = headText(head).slice(0, 16_384);
    return !/^\s*</.test(text) && /^Message ID\s+\S+@\S+/m.test(text) && /^(?:Commit Message|Message)\s*$/m.test(text);
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') {
      yield content.item;
      return;
    }
    const items = [...itemsOf(content.text.split('\n'), file)];
    yield* items;
    if (items.length === 0) yield { kind: 'skipped', reason: 'malformed', locator: file.path };
  },
};

function* itemsOf(lines: readonly string[], file: ArchiveFile): Generator<ArchiveItem> {
  const id = lines.slice(0, 400).findIndex((line) => ID.test(line));
  const heading = lines.findIndex((line, index) => index > id && HEADING.test(line));
  const messageId = messageIdOf(ID.exec(lines[id] ?? '')?.[1] ?? '');
  const title = lines.slice(0, Math.max(id, 0)).findLast((line) => line.trim() !== '');
  const from = lines.findIndex((line, index) => index > heading && line.trim() !== '');
  const head = id < 0 || heading < 0 || from < 0 ? null : headAt(lines, from);
  if (messageId === null || title === undefined || head === null) return;
  const { end, diff } = tailOf(lines, head.body);
  const heads = headsIn(lines, head.body, end);
  const [first] = heads;
  const message = lines.slice(head.body, first === undefined ? end : first.heading).join('\n');
  const place = { list: file.list ?? listFromPath(file.path), permalink: null, address: null };
  const submission: Submission = {
    messageId,
    subject: title.trim(),
    from: namedOnly(head.name),
    date: parseMailDate(`${head.date} UTC`),
    text: patchText(message, diff),
  };
  yield submissionItem(submission, place, file);
  yield* commentsOf(lines, heads, end, (found, text) =>
    commentItem(
      { number: found.number, from: namedOnly(found.name), date: parseMailDate(`${found.date} UTC`), text, link: null },
      submission,
      place,
      file,
    ),
  );
}

function* commentsOf(
  lines: readonly string[],
  heads: readonly CommentHead[],
  end: number,
  itemOf: (head: CommentHead, text: string) => ArchiveItem,
): Generator<ArchiveItem> {
  const certain = certainHeads(heads);
  for (const [index, head] of heads.entries()) {
    const text = lines
      .slice(head.body, heads[index + 1]?.heading ?? end)
      .join('\n')
      .trim();
    if (certain.has(head)) yield itemOf(head, text);
    else yield { kind: 'skipped', reason: 'malformed', locator: `comment ${head.number} at line ${head.heading + 1}` };
  }
}

/** Where the messages end and the diff: behind the last `Patch` heading that has buttons above it and a diff below. */
function tailOf(lines: readonly string[], from: number): { end: number; diff: string } {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const foot = FOOT.test(lines[last] ?? '') ? last : lines.length;
  for (let at = foot - 1; at > from; at--) {
    if (!/^\s*Patch\s*$/.test(lines[at] ?? '')) continue;
    let start = at + 1;
    while (start < foot && lines[start]?.trim() === '') start++;
    if (!DIFF.test(lines[start] ?? '')) continue;
    let end = at;
    while (end > from && (lines[end - 1]?.trim() === '' || BUTTONS.test(lines[end - 1] ?? ''))) end--;
    if (lines.slice(end, at).some((line) => /\bmbox\b/.test(line)))
      return { end, diff: lines.slice(start, foot).join('\n') };
  }
  return { end: foot, diff: '' };
}
