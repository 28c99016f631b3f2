import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Writable } from 'node:stream';
import { startBot, type RunningBot } from '../../bot/start.js';
import { ingest } from '../../ingest/sync.js';
import { loadSettings, type Settings } from '../../settings.js';
import { LoopbackDiscord, type HeldInteraction, type HeldMessage } from '../discord/loopback.js';
import { botToken, ids } from '../discord/world.js';

export const sampleArchive = fileURLToPath(new URL('../samples/archive', import.meta.url));

/** A fresh data folder with the sample archive, or another one, in it. */
export async function sampleData(archive = sampleArchive): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'threadlore-bot-'));
  await ingest({ dataDir, paths: [archive] });
  return dataDir;
}

export interface Stage {
  readonly discord: LoopbackDiscord;
  readonly running: RunningBot;
  readonly dataDir: string;
  /** Lines that the bot has logged. */
  readonly log: () => string;
  close(): Promise<void>;
}

export function settingsFor(discord: LoopbackDiscord, variables: NodeJS.ProcessEnv = {}): Settings {
  return loadSettings({
    DISCORD_TOKEN: botToken,
    DISCORD_APPLICATION_ID: ids.application,
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'trace',
    ...variables,
  });
}

/** The real bot, logged in to a loopback Discord of its own. */
export async function stage(
  dataDir: string,
  { variables = {}, mostWaiting = 20 }: { variables?: NodeJS.ProcessEnv; mostWaiting?: number } = {},
): Promise<Stage> {
  const discord = await LoopbackDiscord.start();
  let logged = '';
  const log = new Writable({
    write(chunk, _, done) {
      logged += String(chunk);
      done();
    },
  });
  const settings = settingsFor(discord, variables);
  const running = await startBot({ settings, dataDir, log, now: discord.clock.now, mostWaiting });
  await until(() => running.client.isReady());
  return {
    discord,
    running,
    dataDir,
    log: () => logged,
    async close() {
      await running.stop();
      await discord.close();
    },
  };
}

export function removeData(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
}

/** Waits until something is true; fails with what it waited for. Long, since a busy machine takes its time: nobody waits so long for what comes. */
export async function until<T>(found: () => T | null | undefined | false, ms = 30_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = found();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${String(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The message that answers an interaction. */
export async function answerTo(interaction: HeldInteraction): Promise<HeldMessage> {
  return until(() => interaction.original).catch((error: unknown) => {
    throw new Error(`no answer to ${JSON.stringify(interaction)}`, { cause: error });
  });
}

/** Everything that a message shows. */
export function textOf({ content, embeds }: HeldMessage): string {
  return [content, ...embeds.map(({ title, description }) => [title, description].join('\n'))].join('\n');
}

/** Markdown's backslashes taken away: what a reader sees. */
export function readable(message: HeldMessage): string {
  return textOf(message).replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}

export function labels({ components }: HeldMessage): string[] {
  return components.flatMap((row) => row.components.map(({ label }) => label ?? ''));
}
