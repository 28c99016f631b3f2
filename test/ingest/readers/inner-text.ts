import type { AnyNode } from 'domhandler';
import { loadPage } from '../../../ingest/readers/page-html.js';

const BLOCKS = new Set(
  'address article blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol pre section table tr ul'.split(
    ' ',
  ),
);
const UNSEEN = new Set('head script style noscript template title input textarea select option iframe'.split(' '));

/** Roughly what a browser gives as `document.body.innerText` (HTML, "the innerText getter"): the text that it saves of a page. */
export function innerText(html: string): string {
  const pieces: string[] = [];
  let pending = 0;
  let text = '';
  const push = (piece: string): void => {
    if (piece === '') return;
    if (pending > 0 && text !== '') text += '\n'.repeat(pending);
    pending = 0;
    text += piece;
  };
  const walk = (node: AnyNode, pre: boolean): void => {
    if (node.type === 'text') {
      if (pre) return push(node.data);
      const folded = node.data.replace(/[ \t\r\n\f]+/g, ' ');
      return push(text === '' || pending > 0 || /\s$/.test(text) ? folded.replace(/^ /, '') : folded);
    }
    if (!('children' in node)) return;
    if (node.type === 'root') return node.children.forEach((child) => walk(child, false));
    if (!('name' in node) || UNSEEN.has(node.name) || /display:\s*none/.test(node.attribs['style'] ?? '')) return;
    if (node.name === 'br') return push('\n');
    const gap = node.name === 'p' ? 2 : BLOCKS.has(node.name) ? 1 : 0;
    const breakLine = (): void => {
      if (gap > 0) text = pre || node.name === 'pre' ? text : text.replace(/ +$/, '');
      pending = Math.max(pending, gap);
    };
    breakLine();
    node.children.forEach((child, index) => {
      const inPre = pre || node.name === 'pre';
      if (node.name === 'pre' && index === 0 && child.type === 'text') return push(child.data.replace(/^\n/, ''));
      walk(child, inPre);
    });
    // A block that ends in a newline of its own ends the line with it.
    if (gap > 0 && text.endsWith('\n') && node.name === 'pre') text = text.slice(0, -1);
    breakLine();
    if (node.name === 'td' || node.name === 'th') push('\t');
  };
  loadPage(html)
    .root()
    .toArray()
    .forEach((root) => walk(root, false));
  pieces.push(text);
  return pieces.join('').replace(/^\n+/, '');
}
