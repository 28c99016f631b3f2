import { namedNotice } from '../answer/ghosts.js';
import type { ThreadView, ThreadViewMember } from '../answer/thread-view.js';
import { damagedNotice } from '../answer/words.js';
import { dayOf } from './render-answer.js';
import { printableLine, wrapped, type Look } from './terminal.js';

/** Deeper replies are not moved further right: there must be room left for their names. */
const deepest = 12;

/** A thread as a tree: who and when, messages that are not in the archive marked as such. */
export function renderThread(thread: ThreadView, look: Look): string {
  const title = look.colors.bold(printableLine(thread.subject) || '(no subject)');
  const present = thread.members.filter((member) => member.present).length;
  const missing = thread.members.length - present;
  const count = `${present} ${present === 1 ? 'message' : 'messages'}${missing === 0 ? '' : `, ${missing} not in the archive`}`;
  const place = thread.list === '' ? count : `${printableLine(thread.list)}, ${count}`;
  const members = thread.members.map((member) => renderMember(member, thread.subject, look));
  return [wrapped(title, look.width, ''), look.colors.dim(place), '', ...members].join('\n');
}

function renderMember(member: ThreadViewMember, subject: string, { width, colors }: Look): string {
  const { author, date, depth, present, messageId, permalinks, namedBy } = member;
  const indent = '  '.repeat(Math.min(depth, deepest));
  const name = author === null ? 'unknown' : printableLine(author);
  const changed = member.subject !== null && bare(member.subject) !== bare(subject);
  const title = changed ? printableLine(member.subject ?? '') : member.damaged ? damagedNotice : '';
  const words = title === '' ? '' : `  ${title}`;
  const head = `${colors.bold(name)}, ${dayOf(date)}${words}`;
  const named = namedBy === null ? '' : `, ${namedNotice}`;
  const link = permalinks[0]?.url ?? `<${messageId}>`;
  const lines = present
    ? [wrapped(head, width, indent), `${indent}  ${colors.dim(printableLine(link))}`]
    : [
        wrapped(`${head}${named} (not in the archive)`, width, indent),
        `${indent}  ${colors.dim(`<${printableLine(messageId)}>`)}`,
      ];
  return present ? lines.join('\n') : colors.dim(lines.join('\n'));
}

function bare(subject: string): string {
  return subject.replace(/^(?:\s*re\s*:)+\s*/i, '').trim();
}
