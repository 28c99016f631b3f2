import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../ingest/decode.js';
import { mbox } from '../../../ingest/readers/mbox.js';
import { patchworkPage } from '../../../ingest/readers/patchwork-page.js';
import { patchworkRest } from '../../../ingest/readers/patchwork-rest.js';
import { patchworkText } from '../../../ingest/readers/patchwork-text.js';
import { publicInboxAtom } from '../../../ingest/readers/public-inbox-atom.js';
import { publicInboxPage } from '../../../ingest/readers/public-inbox-page.js';
import { publicInboxText } from '../../../ingest/readers/public-inbox-text.js';
import type { ArchiveItem, Reader } from '../../../ingest/readers/reader.js';
import { minuteOf } from '../../../mail/date.js';
import { displayName } from '../../../mail/mailbox.js';
import type { Message } from '../../../mail/message.js';
import { isMinted } from '../../../mail/message-id.js';
import { ownText } from '../../../mail/own.js';
import { sharedPath } from '../../shared.js';
import { collect, memoryFile } from '../memory-file.js';
import { innerText } from './inner-text.js';

const pages = sharedPath('corpus/pages');

/** What a kind of page tells of a mail. */
interface Tells {
  readonly seconds: boolean;
  readonly id: boolean;
  /** Whether the subject is the mail's own, or the page's writing of it. */
  readonly subject: boolean;
  /** Whether the page gives people the names that its software knows of their addresses, where their mail has none. */
  readonly knowsNames?: boolean;
}

const all: Tells = { seconds: true, id: true, subject: true };
/** Messages of a thread page and comments: dates to the minute. */
const minutes: Tells = { ...all, seconds: false };

/** Patchwork keeps a book of people, and rewrites subjects (or, of comments, leaves them out). */
const comment: Tells = { seconds: false, id: false, subject: false, knowsNames: true };

type Case = readonly [string, string, RegExp, Reader, (html: string) => string, (index: number) => Tells, number];

const html = (page: string): string => page;
const cases: readonly Case[] = [
  ['message page', 'public-inbox', /-message\.html$/, publicInboxPage, html, () => all, 6],
  ['message page, saved text', 'public-inbox', /-message\.html$/, publicInboxText, innerText, () => all, 6],
  ['flat thread', 'public-inbox', /-flat\.html$/, publicInboxPage, html, () => minutes, 39],
  [
    'flat thread, saved text',
    'public-inbox',
    /-flat\.html$/,
    publicInboxText,
    innerText,
    () => ({ ...minutes, id: false }),
    39,
  ],
  ['nested thread', 'public-inbox', /-nested\.html$/, publicInboxPage, html, () => minutes, 39],
  [
    'nested thread, saved text',
    'public-inbox',
    /-nested\.html$/,
    publicInboxText,
    innerText,
    () => ({ ...minutes, id: false }),
    39,
  ],
  [
    'patch and cover',
    'patchwork',
    /\.html$/,
    patchworkPage,
    html,
    (index) => (index === 0 ? all : { ...comment, id: false }),
    71,
  ],
  [
    'patch and cover, saved text',
    'patchwork',
    /\.html$/,
    patchworkText,
    innerText,
    (index) => ({ ...comment, id: index === 0 }),
    71,
  ],
  ['REST answers', 'patchwork/api', /^(?:patches|covers)-\d.*\.json$/, patchworkRest, html, () => all, 71],
];

const seeds = sharedPath('corpus/seeds');

describe.skipIf(seeds === null)('pages of one discussion, saved as text', () => {
  const read = async (number: string, reader: Reader) => {
    const name = readdirSync(seeds ?? '').find((one) => one.startsWith(number)) ?? '';
    const file = memoryFile(readFileSync(`${seeds}/${name}`), { path: name });
    expect(reader.detects(file.head, name)).toBe(true);
    return collect(reader.read(file));
  };

  it('hold a message of lore.kernel.org and an overview of 98', async () => {
    const items = await read('002', publicInboxText);
    const [message] = await decoded(items);
    expect(items.map(({ kind }) => kind)).toEqual(['message', 'overview']);
    expect(message?.origins[0]).toMatchObject({
      list: 'lkml',
      permalink: expect.stringMatching(/^https:\/\/lore.kernel.org\/lkml\/CAPcyv4gb\+r==/),
    });
    expect(message?.cc).toHaveLength(6);
    const members = items[1]?.kind === 'overview' ? items[1].members : [];
    const names = new Set(members.map(({ sighting }) => sighting.from.name));
    expect(members).toHaveLength(98);
    expect(names.size).toBe(12);
    expect(members.filter(({ sighting }) => sighting.messageId !== null)).toHaveLength(1);
    expect(members.filter(({ parent }) => parent === null)).toHaveLength(1);
  });

  it('hold a patch of Patchwork and four comments', async () => {
    const messages = await decoded(await read('003', patchworkText));
    const names = ['Andrew Morton', 'Jerome Glisse', 'Matthew Wilcox (Oracle)', 'Jerome Glisse', 'Dan Williams'];
    expect(messages.map(({ from }) => from.name)).toEqual(names);
    expect(messages.filter(({ messageId }) => !isMinted(messageId))).toHaveLength(1);
    expect(messages[0]?.text).toMatch(/^On Fri, 20 Jul 2018[^]*\n\ndiff -puN [^]*@@ -321,7 \+321,7 @@ EXPORT/);
    expect(messages[2]?.text).toMatch(/merged over Jerome's objections\.\n$/);
  });
});

describe.skipIf(pages === null)('pages and the mails that they were made of', () => {
  const mails: Message[] = [];
  beforeAll(async () => {
    const octets = gunzipSync(readFileSync(`${pages}/source-of-pages.mbox.gz`));
    mails.push(...(await decoded(await collect(mbox.read(memoryFile(octets, { path: 'source.mbox' }))))));
  });

  it.each(cases)('agree: %s', async (_what, folder, names, reader, saved, tells, count) => {
    const differences: string[] = [];
    let read = 0;
    for (const name of readdirSync(`${pages}/${folder}`).filter((one) => names.test(one))) {
      const content = saved(readFileSync(`${pages}/${folder}/${name}`, 'utf8'));
      if (content === '[]') continue;
      const file = memoryFile(content, { path: `${folder}/${name}` });
      expect(reader.detects(file.head, file.path)).toBe(true);
      const items = await collect(reader.read(file));
      expect(items.filter(({ kind }) => kind === 'skipped')).toEqual([]);
      for (const [index, message] of (await decoded(items)).entries()) {
        read++;
        differences.push(...differencesOf(`${name} ${index}`, message, tells(index), mails));
      }
    }
    expect(differences).toEqual([]);
    expect(read).toBe(count);
  });

  it('agree: feeds, but for the date, which a feed does not tell', async () => {
    const differences: string[] = [];
    for (const name of readdirSync(`${pages}/public-inbox`).filter((one) => one.endsWith('.atom'))) {
      const file = memoryFile(readFileSync(`${pages}/public-inbox/${name}`), { path: name });
      expect(publicInboxAtom.detects(file.head, file.path)).toBe(true);
      for (const message of await decoded(await collect(publicInboxAtom.read(file)))) {
        const mail = mails.find(({ messageId }) => messageId === message.messageId);
        const late = (message.date?.instant ?? 0) - (mail?.date?.instant ?? 0);
        differences.push(...differencesOf(name, { ...message, date: mail?.date ?? null }, all, mails));
        // When the archive received it: up to hours later for mail that waited somewhere, never a minute earlier.
        expect(late).toBeGreaterThan(-60_000);
        expect(late).toBeLessThan(6 * 3_600_000);
      }
    }
    expect(differences).toEqual([]);
  });
});

async function decoded(items: readonly ArchiveItem[]): Promise<Message[]> {
  const messages: Message[] = [];
  for (const item of items) {
    if (item.kind !== 'message') continue;
    const result = await decodeMessage(item.message);
    if (result.ok) messages.push({ ...result.message, blocks: result.message.blocks });
  }
  return messages;
}

function differencesOf(where: string, page: Message, tells: Tells, mails: readonly Message[]): string[] {
  const mail = mails.find((one) =>
    isMinted(page.messageId) ? isSame(one, page, tells) : one.messageId === page.messageId,
  );
  if (mail === undefined)
    return [`${where}: unknown ${page.messageId} ${displayName(page.from)} ${page.date?.instant} ${page.subject}`];
  const found: string[] = [];
  const compare = (what: string, shown: unknown, real: unknown): void => {
    if (shown !== real) found.push(`${where}: ${what}: ${JSON.stringify(shown)} for ${JSON.stringify(real)}`);
  };
  compare('id shown', isMinted(page.messageId), !tells.id);
  if (!tells.knowsNames || mail.from.name !== null) compare('author', displayName(page.from), displayName(mail.from));
  if (tells.seconds) compare('instant', page.date?.instant, mail.date?.instant);
  else compare('minute', page.date && minuteOf(page.date), mail.date && minuteOf(mail.date));
  if (tells.subject) compare('subject', page.subject, mail.subject);
  const shown = folded(ownText(page));
  const real = folded(ownText(mail));
  let at = 0;
  while (at < real.length && shown[at] === real[at]) at++;
  if (shown !== real)
    compare(`own text at ${at}`, shown.slice(Math.max(0, at - 30), at + 60), real.slice(Math.max(0, at - 30), at + 60));
  return found;
}

function isSame(mail: Message, page: Message, tells: Tells): boolean {
  if (mail.date === null || page.date === null || minuteOf(mail.date) !== minuteOf(page.date)) return false;
  const named = displayName(mail.from) === displayName(page.from) || (tells.knowsNames && mail.from.name === null);
  return named === true && folded(mail.text).startsWith(folded(page.text).slice(0, 60));
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
