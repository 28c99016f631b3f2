import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../index/open.js';
import { ingest } from '../../ingest/sync.js';
import { minuteOf } from '../../mail/date.js';
import { displayName } from '../../mail/mailbox.js';
import type { Message } from '../../mail/message.js';
import { isMinted } from '../../mail/message-id.js';
import { ownText } from '../../mail/own.js';
import { sharedPath } from '../shared.js';
import { folders } from './archives.js';

const pages = sharedPath('corpus/pages');
const seeds = sharedPath('corpus/seeds');
const { make, clean } = folders();
afterAll(clean);

/** What ingesting these paths, in this order, makes of the messages that they hold. */
async function messagesIn(...paths: readonly string[]): Promise<Message[]> {
  const dataDir = make();
  await ingest({ dataDir, paths });
  const library = await openLibrary(dataDir);
  try {
    return [...library.everyMessage()].map((message) => ({ ...message, blocks: message.blocks }));
  } finally {
    library.close();
  }
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The mail that a page was made of: by Message-ID; without one, by author, minute and words. */
function original(page: Message, mails: readonly Message[]): Message | undefined {
  if (!isMinted(page.messageId)) return mails.find(({ messageId }) => messageId === page.messageId);
  return mails.find(
    (mail) =>
      mail.date !== null &&
      page.date !== null &&
      minuteOf(mail.date) === minuteOf(page.date) &&
      folded(mail.text).startsWith(folded(page.text).slice(0, 60)),
  );
}

/** Which parts of a message its page and its mail tell differently. */
function differences(page: Message, mails: readonly Message[]): string[] {
  const mail = original(page, mails);
  if (mail === undefined) return ['message'];
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ['author', displayName(page.from), displayName(mail.from)],
    ['instant', page.date?.instant, mail.date?.instant],
    ['subject', page.subject, mail.subject],
    ['own text', folded(ownText(page)), folded(ownText(mail))],
  ];
  return parts.filter(([, shown, real]) => shown !== real).map(([part]) => part);
}

/** The files below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

/** Everything that copies of a message can differ in, places left out. */
function contentOf(messages: readonly Message[]): unknown[] {
  const plain = messages.map(({ messageId, from, to, cc, date, subject, text, inReplyTo, references, origins }) => ({
    ...{ messageId, from, to, cc, date, subject, text, inReplyTo, references },
    permalinks: [...new Set(origins.map(({ permalink }) => permalink))].sort(),
  }));
  return plain.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
}

describe.skipIf(pages === null)('ingesting pages and the mbox that they were made of', () => {
  let mails: readonly Message[] = [];
  beforeAll(async () => {
    mails = await messagesIn(`${pages}/source-of-pages.mbox.gz`);
    expect(mails).toHaveLength(400);
  }, 60_000);

  it.each([
    ['openwall', 40, []],
    ['hypermail', 40, []],
    // Patchwork gives people the name that it knows of their address: one mail has an address alone.
    ['patchwork', 71, [['author']]],
  ])('gives the same messages: %s', async (folder, count, known) => {
    const read = await messagesIn(`${pages}/${folder}`);
    expect(read).toHaveLength(count);
    const differing = read.map((page) => differences(page, mails)).filter((parts) => parts.length > 0);
    expect(differing).toEqual(known);
    expect(differing.length / count).toBeLessThanOrEqual(0.02);
    expect(read.filter(({ messageId }) => isMinted(messageId))).toEqual([]);
  });

  it('gives the same messages: public-inbox, but for the dates of those that a feed alone holds', async () => {
    const read = await messagesIn(`${pages}/public-inbox`);
    const inFeedAlone = read.filter(({ origins }) => origins.every(({ locator }) => locator.includes('.atom')));
    expect([read.length, inFeedAlone.length]).toEqual([64, 25]);
    for (const page of read) {
      // A feed tells when the archive received a mail, not its Date.
      const unknown = inFeedAlone.includes(page) ? ['instant'] : [];
      expect([page.messageId, ...differences(page, mails)]).toEqual([page.messageId, ...unknown]);
    }
  });

  it('takes every date from the copy that has it best, whatever comes first', async () => {
    const files = filesIn(`${pages}/public-inbox`).filter((file) => !file.endsWith('new.atom'));
    const back = await messagesIn(...[...files].sort().reverse());
    expect(back).toHaveLength(39);
    expect(back.flatMap((page) => differences(page, mails))).toEqual([]);
  }, 30_000);
});

describe.skipIf(seeds === null)('ingesting five pages of one discussion', () => {
  it('finds eight messages, the same in any order and however often', async () => {
    const files = filesIn(seeds ?? '').sort();
    const forth = contentOf(await messagesIn(seeds ?? ''));
    expect(forth).toHaveLength(8);
    expect(contentOf(await messagesIn(...[...files].reverse(), seeds ?? ''))).toEqual(forth);
  }, 30_000);
});
