import { load, type CheerioAPI } from 'cheerio/slim';
import { DomHandler, type AnyNode } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * How deep elements may nest: a nested thread page opens two per reply. The parser looks a closing tag up along the
 * open ones, so a page of nothing but `<b>` would take quadratic time without a limit.
 */
const MAX_DEPTH = 1000;
const CHUNK = 1 << 16;

/** A DOM that knows how deep it is nested at the moment. */
class PageHandler extends DomHandler {
  get depth(): number {
    return this.tagStack.length;
  }
}

/** Parses an archive's page, or a feed with `xml` (no entity of a document type is ever expanded). Never throws; what comes after an absurdly deep nesting is left out. Scripts are never run. */
export function loadPage(html: string, { xml = false } = {}): CheerioAPI {
  const handler = new PageHandler();
  const parser = new Parser(handler, { decodeEntities: true, xmlMode: xml });
  for (let at = 0; at < html.length && handler.depth <= MAX_DEPTH; at += CHUNK)
    parser.write(html.slice(at, at + CHUNK));
  parser.end();
  return load(handler.root, { xml });
}

/**
 * The text of an element as `white-space: pre` shows it: every character kept, `<br>` as a newline, `\n` line ends.
 * The newline that directly follows `<pre>` is no content (HTML, 13.2.6.4.7). Links and colouring vanish, their text stays.
 */
export function preText(element: AnyNode): string {
  const pieces: string[] = [];
  visit(element, (node) => {
    if (node.type === 'text') pieces.push(node.data);
    else if (node.type === 'tag' && node.name === 'br') pieces.push('\n');
  });
  const text = pieces.join('').replace(/\r\n?/g, '\n');
  return element.type === 'tag' && element.name === 'pre' ? text.replace(/^\n/, '') : text;
}

/** The text of an element on one line: runs of white space become one space. */
export function lineText(element: AnyNode): string {
  return preText(element).replace(/\s+/g, ' ').trim();
}

/** Visits the nodes below `root` in document order, scripts and styles left out. Iterative: pages nest as deep as threads do. */
export function visit(root: AnyNode, visitor: (node: AnyNode) => void): void {
  const waiting: AnyNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visitor(node);
    if (!('children' in node) || node.type === 'script' || node.type === 'style') continue;
    for (let child = node.lastChild; child !== null; child = child.prev) waiting.push(child);
  }
}
