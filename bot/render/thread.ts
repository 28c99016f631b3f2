import { namedNotice } from '../../answer/ghosts.js';
import type { ThreadView, ThreadViewMember } from '../../answer/thread-view.js';
import { damagedNotice } from '../../answer/words.js';
import { bareSubject } from '../bare-subject.js';
import { inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';
import { button, rows } from './buttons.js';
import { counted, dayOf, linksTo } from './words.js';

/** Members on a page: each takes a line of at most `longestLine`, so that a page always fits into a description. */
const pageSize = 12;
const longestLine = 320;
/** Deeper replies are not moved further right: there must be room left for their names. */
const deepest = 8;

export interface ThreadPage {
  readonly thread: ThreadView;
  /** The message that somebody asked about; it is pointed at. */
  readonly messageId: string;
  /** For the buttons: the short key of `messageId`. */
  readonly key: number;
  /** From 0; null: the page that the message is on. */
  readonly page: number | null;
}

/** The reply tree, a page of it: who and when, messages that are missing marked as such. */
export function renderThread({ thread, messageId, key, page }: ThreadPage): Payload {
  const { members } = thread;
  const pages = Math.max(1, Math.ceil(members.length / pageSize));
  const place = Math.max(
    0,
    members.findIndex((member) => member.messageId === messageId),
  );
  const at = Math.min(Math.max(0, page ?? Math.floor(place / pageSize)), pages - 1);
  const lines = members
    .slice(at * pageSize, (at + 1) * pageSize)
    .map((member) => memberLine(member, thread.subject, member.messageId === messageId));
  const missing = members.filter(({ present }) => !present).length;
  const facts = [
    inertLine(thread.list, 50),
    counted(members.length - missing, 'message'),
    missing === 0 ? '' : `${missing} not in the archive`,
    pages === 1 ? '' : `page ${at + 1} of ${pages}`,
  ];
  const head = `**${inertLine(thread.subject, 150) || '(no subject)'}**\n-# ${facts.filter((fact) => fact !== '').join(' · ')}`;
  const turn = [
    ...(at > 0 ? [button('◀ Earlier', { kind: 'page', reference: key, page: at - 1 })] : []),
    ...(at < pages - 1 ? [button('Later ▶', { kind: 'page', reference: key, page: at + 1 })] : []),
  ];
  return payload({
    content: head,
    embeds: [{ color: colours.found, description: lines.join('\n') || 'The thread is empty.' }],
    components: rows(turn),
  });
}

function memberLine(
  { author, date, depth, present, damaged, subject, permalinks, namedBy }: ThreadViewMember,
  title: string,
  here: boolean,
): string {
  const indent = '┊ '.repeat(Math.min(depth, deepest));
  const name = inertLine(author ?? 'unknown', 40);
  const changed = subject !== null && bareSubject(subject) !== bareSubject(title);
  const parts = [
    present ? `**${name}**` : `*${name}*`,
    dayOf(date),
    changed ? inertLine(subject, 50) : '',
    present ? '' : '*not in the archive*',
    namedBy === null ? '' : `*${namedNotice}*`,
    damaged ? damagedNotice : '',
  ].filter((part) => part !== '');
  const line = `${indent}${here ? '➤' : '▸'} ${parts.join(' · ')}`;
  const [link] = linksTo(permalinks, 1);
  return link === undefined || line.length + link.length + 3 > longestLine ? line : `${line} · ${link}`;
}
