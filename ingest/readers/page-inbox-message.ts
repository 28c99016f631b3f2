import type { CheerioAPI } from 'cheerio/slim';
import type { Element } from 'domhandler';
import type { MessageFields } from '../../mail/message.js';
import { fieldsOfHeaderBlock, pageFields } from './page-fields.js';
import { lineText, preText } from './page-html.js';
import { bodyParts, isElement, overviewOf } from './page-inbox-html.js';
import { bareSubject } from './page-overview.js';
import { inboxOrigin, type Inbox } from './page-inbox.js';
import { joinParts } from './page-parts.js';
import type { ArchiveFile, ArchiveItem } from './reader.js';

/** The message of a page (several where they share a Message-ID) and its thread overview; nothing where it is no such page. */
export function* readMessagePage($: CheerioAPI, inbox: Inbox, file: ArchiveFile): Generator<ArchiveItem> {
  const first = $('pre#b').get(0);
  if (first === undefined) return;
  let own: MessageFields | null = null;
  let number = 0;
  for (let pre: Element | null = first; pre !== null; pre = nextPre(pre)) {
    if (preText(pre).startsWith('WARNING: multiple messages have this Message-ID')) continue;
    if (pre !== first && !preText(pre).startsWith('From: ')) break;
    // The page goes on behind a whole message.
    if (nextPre(pre) === null) {
      yield { kind: 'skipped', reason: 'truncated', locator: file.path };
      return;
    }
    const fields = messageOf(pre);
    own ??= fields;
    const origin = inboxOrigin(inbox, file, fields.messageId, ++number);
    yield { kind: 'message', message: { origin, content: { kind: 'fields', fields } } };
  }
  yield* overviewItem($, own);
}

function* overviewItem($: CheerioAPI, own: MessageFields | null): Generator<ArchiveItem> {
  const here = own?.messageId ?? null;
  const anchor = $('pre > b > a#r').get(0);
  const pre = anchor?.parent?.parent;
  if (own === null || !isElement(pre ?? undefined, 'pre') || pre === null || pre === undefined) return;
  const subject = bareSubject(own.subject);
  const members = overviewOf(pre as Element, { here, subject, anchors: new Map() });
  if (members.length > 1) yield { kind: 'overview', members };
}

/** The headers end behind the link to the raw message: a subject can hold a line break, and one that looks like a header. */
function messageOf(pre: Element): MessageFields {
  const raw = pre.children.findIndex((node) => isElement(node, 'a') && /(?:^|\/)raw$/.test(node.attribs['href'] ?? ''));
  const before = pre.children.slice(0, raw + 1);
  const header = before.map((node) =>
    isElement(node, 'a') && node.attribs['id'] === 't' ? lineText(node) : preText(node),
  );
  const [start, ...parts] = bodyParts(pre.children.slice(raw + 1));
  const rest = start?.text ?? '';
  const border = rest.indexOf('\n\n');
  const block = header.join('') + (border < 0 ? rest : rest.slice(0, border));
  const body = border < 0 ? '' : rest.slice(border + 2);
  const fields = fieldsOfHeaderBlock(block.replace(/\t\[thread overview\]$/m, ''));
  return pageFields({ ...fields, ...joinParts([{ name: null, type: null, text: body }, ...parts]) });
}

function nextPre(element: Element): Element | null {
  for (let node = element.next; node !== null; node = node.next) if (isElement(node, 'pre')) return node;
  return null;
}
