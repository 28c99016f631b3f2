import type { CheerioAPI } from 'cheerio/slim';
import type { Element } from 'domhandler';
import { parseMailDate } from '../../mail/date.js';
import { messageIdOf } from '../../mail/message-id.js';
import { fieldsOfHeaderBlock, namedOnly } from './page-fields.js';
import { lineText, loadPage, preText } from './page-html.js';
import { headText, readPage } from './page-octets.js';
import { commentItem, patchText, submissionItem, type Comment, type Submission } from './page-patchwork.js';
import { patchworkPlace } from './page-patchwork-place.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

const TABLE = /<table\b[^<>]{0,200}\b(?:id|class)="?patch-?meta\b/;

/** Patchwork's page of a patch or cover letter: the mail, the comments (each a mail that answered it) and the diff. */
export const patchworkPage: Reader = {
  format: 'patchwork-page',
  detects(head) {
    const text = headText(head);
    return /^\s*<(?:!doctype|html|!--)/i.test(text) && /- Patchwork\s*<\/title>/.test(text) && TABLE.test(text);
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') yield content.item;
    else yield* itemsOf(loadPage(content.text), content.text, file);
  },
};

function* itemsOf($: CheerioAPI, html: string, file: ArchiveFile): Generator<ArchiveItem> {
  const place = patchworkPlace($, html, file);
  const [first, ...others] = $('.submission-message, .comment')
    .toArray()
    .flatMap((box) => messageOf($, box) ?? []);
  const submission = first === undefined ? null : submissionOf($, first);
  if (submission === null) {
    yield { kind: 'skipped', reason: 'malformed', locator: file.path };
    return;
  }
  // The footer stands behind the last message: a page without it ends somewhere in one.
  const whole = $('#footer').length > 0;
  if (whole || others.length > 0) yield submissionItem(submission, place, file);
  for (const [index, { from, date, text, link }] of others.entries()) {
    const comment: Comment = { number: index + 1, from, date, text, link };
    if (whole || index < others.length - 1) yield commentItem(comment, submission, place, file);
  }
  if (!whole) yield { kind: 'skipped', reason: 'truncated', locator: `${file.path}#cut` };
}

type Shown = Omit<Comment, 'number'>;

/** A message's box: who and when, then the text. Patchwork trims what it shows, so white space around it is the page's. */
function messageOf($: CheerioAPI, box: Element): Shown | null {
  const meta = $(box).children('.meta').get(0);
  const pre = $(box).children('pre').get(0);
  const author = meta === undefined ? undefined : $(meta).children('a, span').get(0);
  if (meta === undefined || pre === undefined || author === undefined) return null;
  const dated = $(meta).children('.message-date, .pull-right').get(0);
  const shown = dated === undefined ? lineText(meta).slice(lineText(author).length) : lineText(dated);
  return {
    from: namedOnly(lineText(author)),
    date: parseMailDate(/UTC|GMT|[+-]\d{4}/.test(shown) ? shown : `${shown} UTC`),
    text: preText(pre).trim(),
    link: $(meta).find('a[href*="/comment/"]').attr('href') ?? null,
  };
}

/** The patch or cover letter. Its own headers stand hidden in the page: they know its subject and its seconds. */
function submissionOf($: CheerioAPI, shown: Shown): Submission | null {
  const cell = $('table.patch-meta th, table.patchmeta th')
    .toArray()
    .find((heading) => /^Message[ -]ID$/i.test(lineText(heading)));
  const id = cell === undefined ? undefined : $(cell).next('td').get(0);
  const messageId = id === undefined ? null : messageIdOf(lineText(id).split(' ', 1)[0] ?? '');
  const title = $('#main-content h1, #main-content h2, h1').get(0);
  if (messageId === null || title === undefined) return null;
  const block = $('#patch-headers pre, .patch-headers pre').get(0);
  const headers = block === undefined ? null : fieldsOfHeaderBlock(preText(block));
  const diff = $('#patch > pre, .patch > pre').get(0);
  const text = patchText(shown.text, diff === undefined ? '' : preText(diff));
  const listed = { from: shown.from, date: shown.date, subject: lineText(title) };
  const known = headers?.messageId === messageId ? definedIn(headers) : {};
  return { ...listed, ...known, messageId, text };
}

/** Headers that say something: a From or Date that cannot be read is taken from the page. */
function definedIn(headers: ReturnType<typeof fieldsOfHeaderBlock>): Omit<Partial<typeof headers>, 'messageId'> {
  const { from, to, cc, date, subject, inReplyTo, references } = headers;
  const named = from.name !== null || from.address !== null;
  const certain = { to, cc, inReplyTo, references };
  return { ...certain, ...(named && { from }), ...(date !== null && { date }), ...(subject !== '' && { subject }) };
}
