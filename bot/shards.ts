import { fileURLToPath } from 'node:url';
import { REST, Routes, ShardingManager, type RESTGetAPIGatewayBotResult } from 'discord.js';
import type { Settings } from '../settings.js';
import { openLog } from './log.js';
import { BotSettingsError } from './settings-error.js';

export interface ShardOptions {
  readonly settings: Settings;
  readonly dataDir: string;
  /** `auto`: as many as Discord advises. */
  readonly count: number | 'auto';
  readonly log: NodeJS.WritableStream;
}

export interface Shards {
  readonly count: number;
  /** Lets each shard finish what it is at, and leave. */
  stop(): Promise<void>;
}

/** So long a shard has to finish before it is killed. */
const patienceMs = 8_000;

/** Runs the bot as several processes, each with a part of the servers. All read the one index; a re-index in any of them is shown by all. */
export async function startShards({ settings, dataDir, count, log: stream }: ShardOptions): Promise<Shards> {
  const { token, apiUrl } = settings.discord;
  if (token === null)
    throw new BotSettingsError(
      'DISCORD_TOKEN is not set: copy the token from https://discord.com/developers/applications (Bot → Reset Token) into .env',
    );
  const log = openLog(settings, stream);
  const total = count === 'auto' ? await advised(token, apiUrl) : count;
  const manager = new ShardingManager(program(), { token, totalShards: total, respawn: true, shardArgs: [dataDir] });
  manager.on('shardCreate', (shard) => {
    log.info({ shard: shard.id }, 'starting');
    shard.on('death', () => log.warn({ shard: shard.id }, 'ended'));
  });
  await manager.spawn({ amount: total, timeout: 60_000 });
  return {
    count: total,
    async stop() {
      manager.respawn = false;
      await Promise.all([...manager.shards.values()].map((shard) => ended(shard)));
    },
  };
}

type Shard = ShardingManager['shards'] extends Map<number, infer S> ? S : never;

async function ended(shard: Shard): Promise<void> {
  const child = shard.process;
  if (child === null || child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}

async function advised(token: string, apiUrl: string | null): Promise<number> {
  const rest = new REST(apiUrl === null ? {} : { api: apiUrl }).setToken(token);
  const { shards } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
  return Math.max(1, shards);
}

/** The compiled program: beside this file, or, where this runs from source (tests do), in `dist/`. */
function program(): string {
  const here = import.meta.url;
  return fileURLToPath(here.endsWith('.ts') ? new URL('../dist/bot/shard.js', here) : new URL('shard.js', here));
}
