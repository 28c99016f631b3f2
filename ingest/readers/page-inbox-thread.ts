import type { CheerioAPI } from 'cheerio/slim';
import type { Element } from 'domhandler';
import { parseMailDate } from '../../mail/date.js';
import type { MessageId } from '../../mail/message-id.js';
import type { MessageFields } from '../../mail/message.js';
import { namedOnly, pageFields } from './page-fields.js';
import { lineText, preText } from './page-html.js';
import { bodyParts, isElement, overviewOf } from './page-inbox-html.js';
import { bareSubject } from './page-overview.js';
import { idInLink, inboxOrigin, type Inbox } from './page-inbox.js';
import { joinParts } from './page-parts.js';
import { recipientsOf } from './page-recipients.js';
import type { ArchiveFile, ArchiveItem, OverviewMember } from './reader.js';

/** A message on a thread page: `*` at its start, `^` at its end, linked to one another. */
interface Entry {
  readonly anchor: string;
  readonly messageId: MessageId | null;
  /** Null where the page ends before the message does. */
  readonly fields: MessageFields | null;
}

/** The messages of a thread page and its overview; nothing where it is no such page. */
export function* readThreadPage($: CheerioAPI, inbox: Inbox, file: ArchiveFile): Generator<ArchiveItem> {
  const entries = $('pre')
    .toArray()
    .flatMap((pre) => entryOf(pre) ?? []);
  const first = entries[0];
  if (first === undefined) return;
  const anchors = new Map(
    entries.flatMap(({ anchor, messageId }) => (messageId === null ? [] : [[`#${anchor}`, messageId] as const])),
  );
  const title = $('b#t').get(0)?.parent;
  const subject = bareSubject(first.fields?.subject ?? '');
  const members = isElement(title ?? undefined, 'pre')
    ? overviewOf(title as Element, { here: null, subject, anchors })
    : [];
  const parents = parentsIn(members);
  for (const [index, { messageId, fields }] of entries.entries()) {
    const origin = inboxOrigin(inbox, file, messageId, index + 1);
    const parent = messageId === null ? undefined : parents.get(messageId);
    if (fields === null) yield { kind: 'skipped', reason: 'truncated', locator: origin.locator };
    else {
      const inReplyTo = fields.inReplyTo.length > 0 || parent === undefined ? fields.inReplyTo : [parent];
      yield { kind: 'message', message: { origin, content: { kind: 'fields', fields: { ...fields, inReplyTo } } } };
    }
  }
  if (members.length > 1) yield { kind: 'overview', members };
  // The overview stands behind the messages: a page without it ended, or was nested too deep, between two of them.
  const whole = title != null || entries.at(-1)?.fields === null;
  if (!whole) yield { kind: 'skipped', reason: 'truncated', locator: `${file.path}#cut` };
}

/** Who answers whom. The overview shows each message below the last of its References, present or not. */
function parentsIn(members: readonly OverviewMember[]): Map<MessageId, MessageId> {
  const parents = new Map<MessageId, MessageId>();
  for (const { sighting, parent } of members) {
    const parentId = parent === null ? null : (members[parent]?.sighting.messageId ?? null);
    if (sighting.messageId !== null && parentId !== null) parents.set(sighting.messageId, parentId);
  }
  return parents;
}

/** Reads `<pre>` as a message; null where it does not start with a message's star. */
function entryOf(pre: Element): Entry | null {
  const nodes = pre.children;
  const star = nodes.findIndex((node) => isElement(node, 'a') && /^m[0-9a-f]{40}$/.test(node.attribs['id'] ?? ''));
  const starred = nodes[star];
  if (!isElement(starred, 'a') || preText(starred) !== '*') return null;
  const anchor = starred.attribs['id'] ?? '';
  const subject = nodes.slice(star + 1).find((node) => node.type === 'tag');
  const link = nodes.findIndex((node, index) => index > star && isElement(node, 'a') && preText(node) === 'permalink');
  const linked = nodes[link];
  const messageId = isElement(linked, 'a') ? idInLink(linked.attribs['href']) : null;
  const end = nodes.findLastIndex((node) => isElement(node, 'a') && node.attribs['id'] === `e${anchor.slice(1)}`);
  const head = /From: (.*) @ (\d{4}-\d\d-\d\d [ \d]\d:\d\d) UTC \($/.exec(
    nodes[link - 1] === undefined ? '' : preText(nodes[link - 1]!),
  );
  if (subject === undefined || link < 0 || end < link || head === null) return { anchor, messageId, fields: null };
  const from = namedOnly(head[1] ?? '');
  const date = parseMailDate(`${head[2]} UTC`);
  const shown = lineText(subject);
  const known = { messageId, from, date, subject: shown === '(no subject)' ? '' : shown };
  return { anchor, messageId, fields: pageFields({ ...known, ...restOf(nodes.slice(link + 3, end)) }) };
}

/** Recipients and body: what stands between the link to the raw message and the closing `^`. */
function restOf(nodes: Parameters<typeof bodyParts>[0]): Partial<MessageFields> {
  const [start, ...parts] = bodyParts(nodes);
  // `)`, recipients and In-Reply-To if there are any, a blank line.
  const rest = start?.text ?? '';
  const border = rest.indexOf('\n\n');
  return {
    ...recipientsOf(rest.slice(2, Math.max(border, 2))),
    ...joinParts([{ name: null, type: null, text: rest.slice(border + 2) }, ...parts]),
  };
}
