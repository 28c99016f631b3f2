import type { AnyNode, Element } from 'domhandler';
import type { MessageId } from '../../mail/message-id.js';
import { idInLink } from './page-inbox.js';
import { lineText, preText } from './page-html.js';
import { attachmentLine, type BodyPart } from './page-parts.js';
import {
  ghostId,
  overviewLine,
  overviewMembers,
  thisMessage,
  type OverviewEntry,
  type OverviewLine,
} from './page-overview.js';
import type { OverviewMember } from './reader.js';

/** What the nodes of a message's body say: links and colours vanish, attachment lines cut it into parts. */
export function bodyParts(nodes: readonly AnyNode[]): BodyPart[] {
  const parts: { name: string | null; type: string | null; text: string }[] = [{ name: null, type: null, text: '' }];
  for (const node of nodes) {
    const part = attachedPart(node);
    const open = parts.at(-1);
    if (part !== null) parts.push(part);
    else if (open !== undefined) open.text += preText(node);
  }
  // The line break behind an attachment line is the page's.
  return parts.map((part, index) => (index === 0 ? part : { ...part, text: part.text.replace(/^\n\n?/, '') }));
}

function attachedPart(node: AnyNode): { name: string | null; type: string; text: string } | null {
  if (!isElement(node, 'a')) return null;
  const line = attachmentLine(preText(node));
  const file = /(?:^|\/)[\d.]+-([\w.-]+)$/.exec(node.attribs['href'] ?? '')?.[1];
  if (line === null || file === undefined) return null;
  // Parts without a file name are offered as `a.txt` or `a.bin`.
  const unnamed = file === 'a.txt' || file === 'a.bin';
  const name = unnamed ? (line.type.startsWith('text/') ? null : line.name) : file;
  return { name, type: line.type, text: '' };
}

/** What an overview's lines lean on: the page's own message, and the page's messages by the fragments of their anchors. */
export interface OverviewContext {
  readonly here: MessageId | null;
  /** Without `Re:`. */
  readonly subject: string;
  readonly anchors: ReadonlyMap<string, MessageId>;
}

/** The members of the overview that a `<pre>` holds; none where it holds none. */
export function overviewOf(pre: Element, context: OverviewContext): readonly OverviewMember[] {
  const lines: OverviewLine[] = [];
  const entries: OverviewEntry[] = [];
  for (const { text, link } of linkedLines(pre)) {
    const line = overviewLine(text);
    if (line === null) continue;
    lines.push(line);
    entries.push(entryOf(line, link, context));
  }
  return overviewMembers(lines, entries, context.subject);
}

function entryOf(line: OverviewLine, link: Element | null, { here, anchors }: OverviewContext): OverviewEntry {
  if (line.rest.endsWith(thisMessage))
    return { messageId: here, subject: null, author: line.rest.slice(0, -thisMessage.length) };
  const href = link?.attribs['href'];
  const messageId = ghostId(line.rest) ?? anchors.get(href ?? '') ?? idInLink(href);
  if (line.date === null || link === null) return { messageId, subject: null, author: null };
  const linked = lineText(link);
  const behind = line.rest.slice(line.rest.indexOf(linked) + linked.length).trim();
  if (behind === '') return { messageId, subject: null, author: linked };
  return behind.startsWith('" ')
    ? { messageId, subject: `${linked} "`, author: behind.slice(2) }
    : { messageId, subject: linked, author: behind };
}

/** The lines of an element, each with the first link that starts in it. */
function linkedLines(pre: Element): { text: string; link: Element | null }[] {
  const lines: { text: string; link: Element | null }[] = [{ text: '', link: null }];
  const add = (node: AnyNode): void => {
    const line = lines.at(-1);
    if (line !== undefined && isElement(node, 'a')) line.link ??= node;
    const [first = '', ...more] = preText(node).split('\n');
    if (line !== undefined) line.text += first;
    for (const text of more) lines.push({ text, link: null });
  };
  // `<b>2025-12-17 13:05 <a …>… [this message]</a></b>` is the only link that is not a child of its own.
  for (const node of pre.children) {
    if (isElement(node, 'b')) node.children.forEach(add);
    else add(node);
  }
  return lines;
}

export function isElement(node: AnyNode | undefined, name: string): node is Element {
  return node !== undefined && node.type === 'tag' && node.name === name;
}
