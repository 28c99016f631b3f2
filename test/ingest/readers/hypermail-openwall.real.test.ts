import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { hypermailPage } from '../../../ingest/readers/hypermail-page.js';
import { hypermailText } from '../../../ingest/readers/hypermail-text.js';
import { openwallPage } from '../../../ingest/readers/openwall-page.js';
import { openwallText } from '../../../ingest/readers/openwall-text.js';
import { decodeMessage } from '../../../ingest/decode.js';
import { mbox } from '../../../ingest/readers/mbox.js';
import type { Reader } from '../../../ingest/readers/reader.js';
import type { Message, RawMessage } from '../../../mail/message.js';
import { isMinted } from '../../../mail/message-id.js';
import { ownText } from '../../../mail/own.js';
import { sharedPath } from '../../shared.js';
import { collect, memoryFile } from '../memory-file.js';
import { innerText } from './inner-text.js';

const pages = sharedPath('corpus/pages');

describe.skipIf(pages === null)('pages and the mbox that they were made of', () => {
  const mails = new Map<string, Message>();
  beforeAll(async () => {
    const octets = gunzipSync(readFileSync(`${pages ?? ''}/source-of-pages.mbox.gz`));
    for (const item of await collect(mbox.read(memoryFile(octets)))) {
      const message = item.kind === 'message' ? await decoded(item.message) : null;
      if (message !== null) mails.set(message.messageId, message);
    }
    expect(mails.size).toBe(400);
  });

  const cases: readonly (readonly [string, string, Reader, (html: string) => string, boolean])[] = [
    ['Openwall, HTML', 'openwall', openwallPage, (html) => html, true],
    ['Openwall, saved text', 'openwall', openwallText, innerText, true],
    ['hypermail, HTML', 'hypermail', hypermailPage, (html) => html, true],
    ['hypermail, saved text', 'hypermail', hypermailText, innerText, false],
  ];

  it.each(cases)('agree: %s', async (_what, folder, reader, saved, showsId) => {
    const differences: string[] = [];
    const names = readdirSync(`${pages ?? ''}/${folder}`).filter((name) => name.endsWith('.html'));
    for (const name of names) {
      const page = saved(readFileSync(`${pages ?? ''}/${folder}/${name}`, 'utf8'));
      const file = memoryFile(page, { path: `${folder}/${name}` });
      expect(reader.detects(file.head, file.path)).toBe(true);
      const [item] = await collect(reader.read(file));
      const message = item?.kind === 'message' ? await decoded(item.message) : null;
      const mail = message === null ? null : mailOf(message);
      if (message === null || mail === null) differences.push(`${name}: no message, or an unknown one`);
      else differences.push(...differencesOf(message, mail, showsId, folder).map((found) => `${name}: ${found}`));
    }
    expect(differences).toEqual([]);
    expect(names).toHaveLength(40);
  });

  function mailOf(page: Message): Message | null {
    if (!isMinted(page.messageId)) return mails.get(page.messageId) ?? null;
    const alike = [...mails.values()].filter(
      ({ from, date, subject }) =>
        from.name === page.from.name && date?.instant === page.date?.instant && subject === page.subject,
    );
    return alike.length === 1 ? (alike[0] ?? null) : null;
  }
});

async function decoded(raw: RawMessage): Promise<Message | null> {
  const result = await decodeMessage(raw);
  return result.ok ? result.message : null;
}

function differencesOf(page: Message, mail: Message, showsId: boolean, folder: string): string[] {
  const found: string[] = [];
  const compare = (what: string, shown: unknown, real: unknown): void => {
    if (shown !== real) found.push(`${what}: ${JSON.stringify(shown)} for ${JSON.stringify(real)}`);
  };
  if (showsId) compare('Message-ID', page.messageId, mail.messageId);
  if (showsId && folder === 'hypermail') compare('In-Reply-To', page.inReplyTo[0], mail.inReplyTo[0]);
  if (folder === 'openwall') compare('Cc', page.cc.length, mail.cc.length);
  compare('author', page.from.name, mail.from.name);
  compare('instant', page.date?.instant, mail.date?.instant);
  compare('subject', page.subject, mail.subject);
  compare('text', maskless(page.text), maskless(mail.text));
  compare('own text', maskless(ownText(page)), maskless(ownText(mail)));
  return found;
}

/** Text without white space and without what archives put in place of `@` and the host behind it. */
function maskless(text: string): string {
  return text.replace(/(?:@|_at_)(?:\.\.\.)?[\w.-]*/g, '@').replace(/\s+/g, '');
}
