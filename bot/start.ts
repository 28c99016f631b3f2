import type { Client } from 'discord.js';
import { modelsOf, type Settings } from '../settings.js';
import { openArchive } from './archive/process.js';
import type { Bot } from './bot.js';
import { attach, firstShard, makeClient, type Underway } from './client.js';
import { openCooldown } from './cooldown.js';
import { openHealth, type Health } from './health.js';
import { openLog } from './log.js';
import { openMetrics } from './metrics.js';
import { openReindexing } from './reindex/running.js';
import { keepFresh, type Freshness } from './reindex/schedule.js';
import { BotSettingsError } from './settings-error.js';
import { openBotStore } from './store.js';

export interface StartOptions {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly log: NodeJS.WritableStream;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** One of several processes: each has its own health port, the set one and so many above it as its number. */
  readonly shard?: boolean;
  /** Questions that may wait at once. */
  readonly mostWaiting?: number;
}

export interface RunningBot {
  readonly client: Client;
  readonly bot: Bot;
  /** The port that /healthz and /metrics are on; null where they are off. */
  readonly healthPort: number | null;
  /** Finishes what runs, stops a re-index, and leaves. */
  stop(): Promise<void>;
}

/** Answers without a vote are forgotten after this; their buttons then say so. */
const keptForMs = 180 * 24 * 3_600_000;

/**
 * Starts the bot and resolves once it is logged in. Throws `BotSettingsError` where there is no token, and what discord.js throws where Discord does
 * not take it.
 */
export async function startBot(options: StartOptions): Promise<RunningBot> {
  const { settings } = options;
  const { token } = settings.discord;
  if (token === null) {
    throw new BotSettingsError(
      'DISCORD_TOKEN is not set: copy the token from https://discord.com/developers/applications (Bot → Reset Token) into .env',
    );
  }
  const bot = openBot(options);
  const client = makeClient(settings);
  const underway = attach(client, bot);
  const first = options.shard === true ? firstShard(client.options) : 0;
  // Opens the index before the first question comes; where there is none, that question says so.
  void bot.archive.ask({ kind: 'stats' }).catch(() => undefined);
  const health = await openHealth(settings.healthPort === null ? null : settings.healthPort + first, { client, bot });
  // One of several processes follows the archives.
  const freshness = first === 0 ? keepFresh(bot) : null;
  const stop = (): Promise<void> => leave({ client, bot, underway, health, freshness });
  try {
    await client.login(token);
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, bot, healthPort: health?.port ?? null, stop };
}

function openBot({ settings, dataDir, log: stream, now = Date.now, mostWaiting = 20 }: StartOptions): Bot {
  const log = openLog(settings, stream);
  const archive = openArchive({
    dataDir,
    models: modelsOf(settings),
    mostWaiting,
    onCrash: (error) => log.error({ err: error }, 'the archive’s thread died; the next question starts another'),
  });
  const store = openBotStore(dataDir);
  store.forgetBefore(now() - keptForMs);
  const metrics = openMetrics({ waiting: archive.waiting, archive, now });
  const http = { contact: settings.contact, allowPrivate: settings.allowPrivateNetworks };
  const reindexing = openReindexing({ dataDir, embedder: settings.embedding, http, board: store.board, now });
  return { settings, dataDir, archive, store, log, metrics, cooldown: openCooldown(now), reindexing, now };
}

interface Parts {
  readonly client: Client;
  readonly bot: Bot;
  readonly underway: Underway;
  readonly health: Health | null;
  readonly freshness: Freshness | null;
}

async function leave({ client, bot, underway, health, freshness }: Parts): Promise<void> {
  freshness?.stop();
  underway.refuse();
  await bot.reindexing.stop();
  await underway.settled();
  await client.destroy();
  await health?.close();
  await bot.archive.close();
  bot.store.close();
  bot.log.info('left');
}
