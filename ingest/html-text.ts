import { compile } from 'html-to-text';

/** Longer pages are cut: no person writes that much, and building their tree costs memory. */
const maxHtml = 2_000_000;

const heading = { options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 1 } };

const convert = compile({
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxDepth: 100, maxInputLength: maxHtml, maxBaseElements: 1, ellipsis: '' },
  selectors: [
    // Gmail, Thunderbird and Apple Mail nest what they quote in blockquotes: `> ` for each level, as in plain mail.
    { selector: 'blockquote', format: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    {
      selector: 'a',
      options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['<', '>'], noAnchorUrl: true },
    },
    { selector: 'img', format: 'skip' },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    // Most tables only lay a mail out: each row a line.
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block' },
    ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
    { selector: 'ul', options: { itemPrefix: '* ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...heading })),
  ],
});

/** The text of an HTML mail: paragraphs unwrapped, blockquotes as `> `, preformatted text as it stands, links as `words <URL>`. */
export function htmlToText(html: string): string {
  try {
    return withoutGaps(convert(html.slice(0, maxHtml)).replace(/\u00a0/g, ' '));
  } catch {
    // What breaks the converter is no page that a person wrote: better no text than no message.
    return '';
  }
}

/** Empty paragraphs and line breaks stand for space on a page: one empty line is enough. */
function withoutGaps(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const isGap = (line: string | undefined) => line !== undefined && /^[> ]*$/.test(line);
  return lines
    .filter((line, at) => !(isGap(line) && line.trimStart() === (lines[at - 1] ?? '').trimStart()))
    .join('\n');
}
