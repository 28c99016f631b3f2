import { parseMailDate, type MailDate } from '../../mail/date.js';
import { parseMailbox, type Mailbox } from '../../mail/mailbox.js';
import { messageIdOf } from '../../mail/message-id.js';
import type { Headers } from '../header.js';
import { listOf } from '../list-name.js';
import { listFromPath } from './page-address.js';
import { fieldsOfHeaders, namedOnly, pageFields } from './page-fields.js';
import { absolute } from './page-patchwork-place.js';
import { patchText } from './page-patchwork.js';
import type { NamedMail, PatchworkMail, Person } from './page-patchwork-schema.js';
import type { ArchiveFile, ArchiveItem } from './reader.js';

/** A mail that an answer holds whole. Its headers win over Patchwork's own fields, which rewrite the subject. */
export function messageItem(mail: PatchworkMail, file: ArchiveFile, locator: string): ArchiveItem {
  const headers = headersOf(mail.headers ?? {});
  const said = fieldsOfHeaders(headers);
  const fields = pageFields({
    ...said,
    messageId: messageIdOf(mail.msgid) ?? said.messageId,
    from: said.from.name === null && said.from.address === null ? mailboxOf(mail.submitter) : said.from,
    date: said.date ?? dateOf(mail),
    subject: said.subject === '' ? subjectOf(mail) : said.subject,
    // Answers hold the diff as it is: the blank that pages add to a hunk's range is not there.
    text: patchText(mail.content ?? '', '') + diffBelow(mail),
  });
  const archive = /\/([\w.+-]{1,100})\/[^/]+\/?$/.exec(mail.list_archive_url ?? '')?.[1];
  const list = file.list ?? mail.project?.link_name ?? archive ?? listOf(headers) ?? listFromPath(file.path);
  const permalink = absolute(mail.web_url, null) ?? absolute(mail.list_archive_url, null);
  const origin = { source: file.source, list, locator };
  const found = permalink === null ? origin : { ...origin, permalink };
  return { kind: 'message', message: { origin: found, content: { kind: 'fields', fields } } };
}

/** Mails that an answer only names. It does not say which answers which. */
export function overviewItem(mails: readonly NamedMail[], sender: Person): ArchiveItem {
  const from = mailboxOf(sender);
  const members = mails.map((mail) => ({
    sighting: { messageId: messageIdOf(mail.msgid), from, date: dateOf(mail), subject: subjectOf(mail) },
    parent: null,
  }));
  return { kind: 'overview', members };
}

function diffBelow({ content, diff }: PatchworkMail): string {
  const patch = (diff ?? '').trimEnd();
  return patch === '' ? '' : `${(content ?? '').trim() === '' ? '' : '\n'}${patch}\n`;
}

function mailboxOf({ name, email }: Person): Mailbox {
  const { address, masked } = parseMailbox(`<${email ?? ''}>`);
  return { name: namedOnly(name ?? '').name, address, masked };
}

function dateOf(mail: NamedMail): MailDate | null {
  return parseMailDate(/(?:Z|[+-]\d\d:?\d\d)$/.test(mail.date) ? mail.date : `${mail.date}Z`);
}

function subjectOf(mail: NamedMail): string {
  return (mail.subject ?? mail.name ?? '').replace(/\s+/g, ' ').trim();
}

function headersOf(headers: Readonly<Record<string, string | string[]>>): Headers {
  const unfolded = (value: string): string => value.replace(/\r?\n(?=[ \t])/g, '').trim();
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().map(unfolded)]));
}
