import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../index/generation.js';
import { lockForWriting } from '../../index/lock.js';
import { addSource } from '../../ingest/sources.js';
import { ingest } from '../../ingest/sync.js';
import type { HeldMessage } from '../discord/loopback.js';
import { ids } from '../discord/world.js';
import { conversation } from '../ingest/archives.js';
import { answerTo, labels, readable, removeData, sampleArchive, stage, until } from './run.js';
import { archiveCopy, sharedStage } from './stage.js';

const copy = archiveCopy();
const on = sharedStage(copy);

const owner = { by: ids.owner } as const;

function ended(message: HeldMessage): boolean {
  return /^(?:✅|🛑|❌)/u.test(message.content);
}

describe('/reindex', () => {
  it('is for admins', async () => {
    const asked = on.discord.command('reindex');
    expect((await answerTo(asked)).content).toMatch(/may not do this/u);
    expect(asked.ephemeral).toBe(true);
    const typed = on.discord.type('reindex', { source: '' }, 'source');
    expect(await until(() => typed.choices)).toEqual([]);
  });

  it('reads what is new, answering questions meanwhile, and says what it did', async () => {
    const mail = [
      'From MAILER Mon Jul 15 10:00:00 2024',
      'From: Odd Berg <odd@berg.example.org>',
      'Date: Mon, 15 Jul 2024 10:00:00 +0200',
      'Message-ID: <1507@berg.example.org>',
      'List-Id: <gannet-users.lists.example.org>',
      'Subject: Which paint for the mooring shackles?',
      '',
      'Zinc primer under epoxy has kept our mooring shackles free of rust for four winters.',
      '',
    ];
    writeFileSync(join(copy, 'gannet-users-2024-07.mbox'), mail.join('\n'));
    const asked = on.discord.command('reindex', {}, owner);
    const message = await answerTo(asked);
    expect(asked.ephemeral).toBe(false);
    expect(labels(message)).toEqual(['Cancel']);
    const meanwhile = await answerTo(
      on.discord.command('ask', { question: 'Under which licence are the calibration tables?' }),
    );
    expect(readable(meanwhile)).toContain('CC0 is fine.');
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/✅ \*\*Re-indexed\*\* after .*\nRead \d+ messages?: 1 added/u);
    expect(labels(message)).toEqual([]);
    on.discord.clock.advance(10_000);
    const answer = await answerTo(on.discord.command('ask', { question: 'Which paint for the mooring shackles?' }));
    expect(readable(answer)).toContain('Zinc primer under epoxy');
  });

  it('rebuilds everything and swaps; buttons from before go on working; a second one shows the first', async () => {
    const before = await answerTo(
      on.discord.command('ask', { question: 'Why is the journal not synced after every record?' }),
    );
    const message = await answerTo(on.discord.command('reindex', { full: true }, owner));
    const second = on.discord.command('reindex', {}, owner);
    expect((await answerTo(second)).content).toMatch(/Re-indexing|Re-indexed/u);
    expect(second.ephemeral).toBe(true);
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/✅/u);
    const context = await answerTo(on.discord.press(before, 'Context 1'));
    const [credit] = /`1` \*\*[^*]+\*\* · [\d-]{10}/u.exec(readable(before)) ?? ['no first quote'];
    expect(readable(context)).toContain(credit);
  });

  it('goes on as a message of the channel when the token has ended', async () => {
    const asked = on.discord.command('reindex', { full: true }, owner);
    const message = await answerTo(asked);
    on.discord.clock.advance(15 * 60_000);
    const later = await until(
      () =>
        [...on.discord.messages.values()].find(
          (each) => each.channel_id === ids.general && each.id > message.id && ended(each),
        ),
      40_000,
    );
    expect(later.content).toMatch(/✅/u);
  });

  it('is cancelled by its button, by admins alone', async () => {
    const message = await answerTo(on.discord.command('reindex', { full: true }, owner));
    const stranger = on.discord.press(message, 'Cancel', { by: ids.bert });
    expect((await answerTo(stranger)).content).toMatch(/may not do this/u);
    const cancelled = on.discord.press(message, 'Cancel', owner);
    expect((await answerTo(cancelled)).content).toMatch(/Stopping/u);
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/🛑 \*\*Cancelled\*\*/u);
    expect(on.running.bot.reindexing.current()).toBeNull();
    const late = on.discord.pressId(message, '1:cancel:1', owner);
    expect((await answerTo(late)).content).toMatch(/ended already/u);
  });

  it('takes one source, and says why it failed', async () => {
    const typed = on.discord.type('reindex', { source: 'archive' }, 'source', owner);
    const choice = (await until(() => typed.choices)).find(({ name }) => name === 'archive');
    removeData(copy);
    const message = await answerTo(on.discord.command('reindex', { source: choice?.value ?? '' }, owner));
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/❌ \*\*The re-index failed\*\*.*The index answers as before\.\nWhy: \S/u);
    const answer = await answerTo(on.discord.command('ask', { question: 'Which paint for the mooring shackles?' }));
    expect(readable(answer)).toContain('Zinc primer under epoxy');
    const wrong = await answerTo(on.discord.command('reindex', { source: '/etc' }, owner));
    expect(wrong.content).toMatch(/no such source/u);
  });
});

describe('a /reindex that does not come to its end', () => {
  const question = 'How soon does a pump run dry?';

  /** What the bot answers from, and every word of an answer. */
  async function answering(): Promise<unknown> {
    const result = await on.running.bot.archive.ask({ kind: 'ask', request: { question } });
    return { generation: currentGeneration(on.dataDir)?.name, answer: JSON.stringify(result) };
  }

  /** Starts one that has much to read, and waits until it is at work. */
  async function atWork(full: boolean): Promise<{ message: HeldMessage; pid: number }> {
    const note = join(on.dataDir, 'writer.json');
    // A process that was killed leaves its own.
    rmSync(note, { force: true });
    const message = await answerTo(on.discord.command('reindex', { full }, owner));
    return { message, pid: await until(() => processNoted(note), 40_000) };
  }

  /** The process that a note names; null where there is none, or it is just being written. */
  function processNoted(note: string): number | null {
    const written = existsSync(note) ? readFileSync(note, 'utf8') : '';
    return written.endsWith('}') || written.endsWith('}\n') ? (JSON.parse(written) as { pid: number }).pid : null;
  }

  beforeAll(() => {
    cpSync(sampleArchive, copy, { recursive: true });
    writeFileSync(join(copy, 'pumps.mbox'), conversation(1500));
  });

  it.each([false, true])('leaves the same answers where its process dies (full: %s), and says so', async (full) => {
    const before = await answering();
    const { message, pid } = await atWork(full);
    process.kill(pid, 'SIGKILL');
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/❌ .*The index answers as before\.\nWhy: .*SIGKILL/u);
    expect(await answering()).toEqual(before);
  });

  it.each([false, true])('leaves the same answers where it is cancelled (full: %s)', async (full) => {
    const before = await answering();
    const { message } = await atWork(full);
    await answerTo(on.discord.press(message, 'Cancel', owner));
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/🛑 \*\*Cancelled\*\* .*The index answers as before\./u);
    expect(await answering()).toEqual(before);
  });

  it('is followed by one that does, whose index answers without a restart', async () => {
    const before = currentGeneration(on.dataDir)?.name;
    const { message } = await atWork(false);
    await until(() => ended(message), 60_000);
    expect(message.content).toMatch(/✅ .*\nRead [\d,]+ messages: 1,4\d\d added/u);
    expect(currentGeneration(on.dataDir)?.name).not.toBe(before);
    const cited = await answerTo(on.discord.command('cite', { reference: 'm9@example.org' }));
    expect(readable(cited)).toContain('> Remark 9 says that pump 9 runs dry after 9 minutes of cold.');
  });
});

it('/reindex reads a source for the list that it was ingested for', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'threadlore-source-')), 'tide.txt');
  writeFileSync(file, conversation(16).replaceAll('@example.org', '@tide.example.net'));
  await ingest({ dataDir: on.dataDir, paths: [file], list: 'tide-talk', format: 'mbox' });
  const lists = async (): Promise<unknown> => (await on.running.bot.archive.ask({ kind: 'stats' })).lists;
  const before = await lists();
  expect(before).toContainEqual(expect.objectContaining({ list: 'tide-talk', messages: 15 }));
  const message = await answerTo(on.discord.command('reindex', { full: true, source: 'tide.txt' }, owner));
  await until(() => ended(message), 60_000);
  expect(message.content).toMatch(/✅ .*\nRead 15 messages: 15 known already/u);
  expect(await lists()).toEqual(before);
});

describe('a bot of several processes', () => {
  it('shows the re-index of one in the others, which can stop it', async () => {
    const other = await stage(on.dataDir);
    // The re-index waits as long as somebody else writes.
    const lock = await lockForWriting(on.dataDir, { wait: true });
    const message = await answerTo(on.discord.command('reindex', {}, owner));
    await until(() => message.content.includes('Waiting: another process'), 20_000);
    const second = other.discord.command('reindex', { full: true }, owner);
    const shown = await answerTo(second);
    expect(second.ephemeral).toBe(true);
    await until(() => shown.content.includes('Waiting: another process'), 20_000);
    expect(shown.content).toContain(`by <@${ids.owner}>`);
    expect(shown.content).not.toContain('everything anew');
    expect((await answerTo(other.discord.press(shown, 'Cancel', owner))).content).toMatch(/Stopping/u);
    await until(() => message.content.includes('Stopping'), 20_000);
    lock.release();
    for (const each of [message, shown]) {
      await until(() => ended(each), 20_000);
      expect(each.content).toMatch(/🛑/u);
    }
    expect(other.discord.violations).toEqual([]);
    await other.close();
  });

  it('leaves the re-index of another one alone when it ends', async () => {
    const other = await stage(on.dataDir);
    const lock = await lockForWriting(on.dataDir, { wait: true });
    const message = await answerTo(on.discord.command('reindex', { source: 'tide.txt' }, owner));
    const shown = await answerTo(other.discord.command('reindex', {}, owner));
    await until(() => shown.content.includes('Re-indexing'), 20_000);
    await other.close();
    expect(shown.content).toContain('**Re-indexing goes on** in another part of the bot');
    lock.release();
    await until(() => ended(message), 40_000);
    expect(message.content).toMatch(/✅/u);
  });
});

it('what the schedule reads goes first, and what an admin asks for comes after it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'threadlore-bot-'));
  await ingest({ dataDir, paths: [sampleArchive] });
  addSource(dataDir, { url: sampleArchive, kind: null, list: null, everyMinutes: null });
  const lock = await lockForWriting(dataDir, { wait: true });
  const { discord, close } = await stage(dataDir);
  const message = await answerTo(discord.command('reindex', { full: true }, owner));
  await until(() => message.content.includes('What you asked for begins after that.'), 20_000);
  expect(message.content).toContain('by the schedule');
  lock.release();
  await until(() => ended(message), 40_000);
  expect(message.content).toMatch(/✅ .*\nRead 31 messages: 31 known already/u);
  expect(discord.violations).toEqual([]);
  await close();
  removeData(dataDir);
});
