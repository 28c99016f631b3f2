import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Quote } from '../../answer/answer.js';
import { ask } from '../../answer/ask.js';
import { citationFormats, type CitationFormat } from '../../answer/citation-format.js';
import type { PassageContext } from '../../answer/passage-context.js';
import type { Citation } from '../../answer/cite.js';
import type { ThreadView } from '../../answer/thread-view.js';
import { answerJob } from '../../bot/archive/jobs.js';
import { renderCitations } from '../../bot/render/cite.js';
import { renderContext } from '../../bot/render/context.js';
import { renderThread } from '../../bot/render/thread.js';
import type { Library } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import { damagedIndex, damageIn, numberOf, type DamagedIndex } from '../answer/damaged-index.js';
import { answerTo, labels, readable, stage } from './run.js';

const question = 'Why is the journal not synced after every record?';
const holder = '87cysa0k4d.fsf@feld.example.net' as MessageId;
const reply = 'CAF2m=vQ9kRbarreto81@mail.example.org' as MessageId;

/** What the damaged message says, before and after. */
const itsWords = /wear is|price is|could live|synced after every record|Not at all/iu;

const damages: readonly (readonly [string, string])[] = [
  ['a word', `UPDATE message SET text = replace(text, 'the wear is', 'the price is') WHERE id = ${numberOf(holder)}`],
  ['a line at the end', `UPDATE message SET text = text || 'Not at all.' || char(10) WHERE id = ${numberOf(holder)}`],
  ['the subject', `UPDATE message SET subject = 'Re: Not at all' WHERE id = ${numberOf(holder)}`],
];

let index: DamagedIndex;
let quote: Quote;
beforeAll(async () => {
  index = await damagedIndex();
  const answer = await index.after(
    () => undefined,
    (library) => ask(library, { question }, { everUnsure: true }),
  );
  const found = answer.kind === 'found' ? answer.quotes.find(({ messageId }) => messageId === holder) : undefined;
  if (found === undefined) throw new Error('the sample archive does not answer');
  quote = found;
});
afterAll(() => index.remove());

function doing(sql: string): (db: Database.Database) => void {
  return (db) => expect(db.prepare(sql).run().changes).toBe(1);
}

const untouched = (): void => undefined;

async function cited(library: Library, format: CitationFormat): Promise<string> {
  const found = (await answerJob(library, { kind: 'cite', reference: holder })) as Citation[];
  return JSON.stringify(renderCitations(found, format, null));
}

async function context(library: Library, of: Quote): Promise<string> {
  const found = (await answerJob(library, { kind: 'context', quote: of })) as PassageContext | null;
  return found === null ? 'none' : JSON.stringify(renderContext(found, 1, 1));
}

async function thread(library: Library): Promise<string> {
  const found = (await answerJob(library, { kind: 'thread', reference: holder })) as ThreadView;
  const member = found.members.filter(({ messageId }) => messageId === holder);
  return JSON.stringify(renderThread({ thread: { ...found, members: member }, messageId: holder, key: 1, page: 0 }));
}

/** A quote of the reply to the damaged message. */
async function quoteOfReply(library: Library): Promise<Quote> {
  const answer = await ask(
    library,
    { question: 'How long does the slowest card need for a single sync with a cold capacitor?' },
    { everUnsure: true },
  );
  const found = answer.kind === 'found' ? answer.quotes.find(({ messageId }) => messageId === reply) : undefined;
  if (found === undefined) throw new Error('the sample archive does not answer');
  return found;
}

it('shows words where the store is whole', async () => {
  await index.after(untouched, async (library) => {
    for (const format of citationFormats) expect(await cited(library, format)).toMatch(itsWords);
    expect(await context(library, quote)).toMatch(itsWords);
    expect(await context(library, await quoteOfReply(library))).toMatch(itsWords);
    expect(await answerJob(library, { kind: 'verify', quotes: [quote] })).toEqual([quote]);
  });
});

describe.each(damages)('where the store changed %s', (_what, sql) => {
  it.each(citationFormats)('/cite as %s shows who, when and where, and no word', async (format) => {
    const shown = await index.after(doing(sql), (library) => cited(library, format));
    expect(shown).not.toMatch(itsWords);
    expect(shown).toContain('The stored message is damaged: its words are not shown.');
    expect(shown).toContain(holder);
    if (format !== 'trailer') expect(shown).toMatch(/Tomasz Feld.*gannet.{0,2}-dev.*2024-03-04/u);
  });

  it('the context of a quote shows who and when, and no word', async () => {
    const shown = await index.after(doing(sql), (library) => context(library, quote));
    expect(shown).not.toMatch(itsWords);
    expect(shown).toMatch(/Tomasz Feld.*2024-03-04.*The stored message is damaged: its words are not shown\./u);
  });

  it('the context of a reply to it shows the reply, and of it who and when', async () => {
    const shown = await index.after(doing(sql), async (library) => context(library, await quoteOfReply(library)));
    expect(shown).toMatch(/in reply to Tomasz Feld, 2024-03-04: its stored message is damaged/u);
    expect(shown).toContain('the slowest card in my drawer');
    expect(shown).not.toMatch(/wear is|price is|Not at all/u);
  });

  it('the thread and the completion show who and when, and no subject', async () => {
    await index.after(doing(sql), async (library) => {
      expect(await thread(library)).toMatch(/Tomasz Feld.*2024-03-04.*\(the stored message is damaged\)/u);
      expect(await thread(library)).not.toMatch(/Not at all/u);
      const choices = (await answerJob(library, { kind: 'subjects', words: 'Feld journal', limit: 25 })) as Citation[];
      expect(choices.find(({ messageId }) => messageId === holder)).toMatchObject({ damaged: true, subject: '' });
    });
  });

  it('a quote from before does not stand any more', async () => {
    const standing = await index.after(doing(sql), (library) =>
      answerJob(library, { kind: 'verify', quotes: [quote] }),
    );
    expect(standing).toEqual([]);
  });
});

it('sharing an answer leaves out what the store was damaged of since, and says so', async () => {
  const dataDir = index.copy(untouched);
  const on = await stage(dataDir);
  try {
    const answer = await answerTo(on.discord.command('ask', { question, private: true }));
    expect(readable(answer)).toContain('the wear is');
    damageIn(dataDir, doing(damages[0]?.[1] ?? ''));
    const shared = await answerTo(on.discord.press(answer, 'Share'));
    expect(readable(shared)).not.toMatch(/wear is|price is/u);
    expect(readable(shared)).toMatch(
      /Left out, since the stored message is damaged or says something else by now: \d quote/u,
    );
    const leftOut = Number(/by now: (\d+) quote/u.exec(readable(shared))?.[1]);
    expect(leftOut).toBeGreaterThan(0);
    expect(shared.embeds).toHaveLength(answer.embeds.length - leftOut);
    expect(labels(shared).filter((label) => label.startsWith('Context'))).toHaveLength(shared.embeds.length);
    const [first] = labels(shared);
    const around = await answerTo(on.discord.press(shared, first ?? ''));
    expect(readable(around)).not.toMatch(/damaged/u);

    damageIn(dataDir, (db) => db.exec("UPDATE message SET text = text || 'x'"));
    const refused = await answerTo(on.discord.press(answer, 'Share'));
    expect(readable(refused)).toContain('no longer bears out what this answer quotes');
    expect(refused.embeds).toEqual([]);
    expect(on.discord.violations).toEqual([]);
  } finally {
    await on.close();
  }
});
