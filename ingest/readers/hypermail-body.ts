import type { AnyNode } from 'domhandler';
import { lineText, loadPage, visit } from './page-html.js';

export interface HypermailBody {
  readonly text: string;
  readonly attachments: readonly string[];
}

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  'address blockquote div dl dt dd h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul'.split(' '),
);

/**
 * The text of a message body between its `body="start"` and `body="end"`. hypermail writes one `<br>` for each line end
 * outside of `<pre>`; newlines in the source are none. Blanks stay as the source has them: that is how the mail had
 * them, although a browser folds them. What hypermail adds (the header it repeats, `Received on`, the list of
 * attachments) is left out.
 */
export function readHypermailBody(html: string): HypermailBody {
  const root = loadPage(html).root()[0];
  if (root === undefined) return { text: '', attachments: [] };
  const { added, attachments } = addedByHypermail(root);
  const lines = new Lines(added);
  lines.readAll(root);
  return { text: lines.text(), attachments };
}

/** What hypermail adds to a body, and the names in its list of attachments. One pass: bodies may be made of a million tags. */
function addedByHypermail(root: AnyNode): { added: ReadonlySet<AnyNode>; attachments: readonly string[] } {
  const added = new Set<AnyNode>();
  const attachments: string[] = [];
  let header: AnyNode | null = null;
  let received: AnyNode | null = null;
  visit(root, (node) => {
    if (node.type !== 'tag') return;
    if (node.name === 'address' && node.attribs['class'] === 'headers') header ??= node;
    if (node.attribs['id'] === 'received') received = node;
    if (node.name !== 'a' || !/^(?:\.\/)?att-[\w-]+\//.test(node.attribs['href'] ?? '')) return;
    const list = node.parent?.parent;
    if (list?.type !== 'tag' || list.name !== 'ul') return;
    added.add(list);
    attachments.push(lineText(node));
  });
  if (header !== null) added.add(header);
  if (received !== null) added.add(received);
  return { added, attachments: attachments.filter((name) => name !== '') };
}

/** Collects text line by line. */
class Lines {
  readonly #leftOut: ReadonlySet<AnyNode>;
  readonly #pieces: string[] = [];
  #atLineStart = true;
  /** A newline of the source was passed: no line end, but it parts words. */
  #parted = false;

  constructor(leftOut: ReadonlySet<AnyNode>) {
    this.#leftOut = leftOut;
  }

  /** Reads everything below a node, in order; iterative, as pages may nest deeply. */
  readAll(root: AnyNode): void {
    const waiting: (() => void)[] = [];
    const read = (node: AnyNode, preformatted: boolean): void => {
      if (node.type === 'text') this.#take(node.data, preformatted);
      if (!('children' in node) || this.#leftOut.has(node) || node.type === 'script' || node.type === 'style') return;
      const name = 'name' in node ? node.name : '';
      if (name === 'br') this.#endLine();
      const block = BLOCKS.has(name);
      if (block) {
        this.#startLine();
        if (name === 'p' && this.#pieces.length > 0) this.#endLine();
        waiting.push(() => this.#startLine());
      }
      const inside = preformatted || name === 'pre';
      for (let child = node.lastChild; child !== null; child = child.prev) {
        const next = child;
        waiting.push(() => read(next, inside));
      }
    };
    read(root, false);
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) step();
  }

  text(): string {
    return this.#pieces.join('');
  }

  #take(data: string, preformatted: boolean): void {
    if (preformatted) return this.#append(this.#atLineStart ? data.replace(/^\n/, '') : data);
    data.split('\n').forEach((part, index) => {
      if (index > 0) this.#parted = true;
      if (part === '') return;
      if (this.#parted && !this.#atLineStart) this.#append(' ');
      this.#parted = false;
      // Leading blanks are written as no-break spaces.
      this.#append(part.replaceAll('\u00a0', ' '));
    });
  }

  #append(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#atLineStart = text.endsWith('\n');
  }

  #endLine(): void {
    this.#pieces.push('\n');
    this.#atLineStart = true;
    this.#parted = false;
  }

  #startLine(): void {
    if (!this.#atLineStart) this.#endLine();
    this.#parted = false;
  }
}
