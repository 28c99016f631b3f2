import { InvalidArgumentError, type Command } from 'commander';
import { openBotStore } from '../../bot/store.js';
import type { RunningBot } from '../../bot/start.js';
import type { Shards } from '../../bot/shards.js';
import type { Settings } from '../../settings.js';
import { contextOf, type Context, type World } from '../context.js';
import { countOption } from '../options.js';
import { writeLine } from '../streams.js';

interface BotFlags {
  readonly shards?: number | 'auto';
  readonly forget?: string;
}

/** `threadlore bot`: the Discord bot, until it is told to stop. */
export function addBot(program: Command, world: World): void {
  program
    .command('bot')
    .description('start the Discord bot')
    .option('--shards <count>', 'run as several processes, for many servers: a number, or auto', shardOption)
    .option('--forget <user-id>', "forget a Discord user's questions and votes, and end")
    .action(async ({ shards, forget }: BotFlags, command: Command) => {
      const context = contextOf(world, command);
      if (forget !== undefined) return forgetPerson(context, forget);
      const { settings, dataDir, streams, signal } = context;
      const running = await start({ settings, dataDir, log: streams.log }, shards);
      world.patienceMs = shutdownMs;
      await interrupted(signal);
      await running.stop();
    });
}

/** discord.js is loaded by those who need it: `threadlore ask` starts faster without. */
async function start(
  options: { readonly settings: Settings; readonly dataDir: string; readonly log: NodeJS.WritableStream },
  shards: number | 'auto' | undefined,
): Promise<Shards | RunningBot> {
  if (shards === undefined) return (await import('../../bot/start.js')).startBot(options);
  return (await import('../../bot/shards.js')).startShards({ ...options, count: shards });
}

/** What runs may take so long to end; Docker kills after ten seconds. */
const shutdownMs = 9_000;

function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function shardOption(value: string): number | 'auto' {
  return value === 'auto' ? 'auto' : countOption(10_000)(value);
}

async function forgetPerson({ dataDir, streams }: Context, id: string): Promise<void> {
  if (!/^\d{15,20}$/u.test(id)) throw new InvalidArgumentError('write a Discord user id (a number of 17 to 19 digits)');
  const store = openBotStore(dataDir);
  try {
    const { answers, votes } = store.forgetPerson(id);
    await writeLine(streams.out, `Forgot ${answers} questions with their answers, and ${votes} votes.`);
  } finally {
    store.close();
  }
}
