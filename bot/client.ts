import { Client, type ClientOptions, Events, GatewayIntentBits, Options, Partials } from 'discord.js';
import type { Settings } from '../settings.js';
import type { Bot } from './bot.js';
import { logFailure } from './failures.js';
import { answerInteraction } from './interactions.js';
import { answerMention } from './mention.js';
import { onceOnly } from './once-only.js';

/**
 * discord.js' client. No privileged intent: the content of mentions, replies to the bot and direct messages comes without MessageContent.
 * Caches hold what permissions need; messages and members are not kept.
 */
export function makeClient({ discord }: Pick<Settings, 'discord'>): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      GuildMemberManager: { maxSize: 100, keepOverLimit: ({ id, client }) => id === client.user.id },
      UserManager: { maxSize: 100, keepOverLimit: ({ id, client }) => id === client.user?.id },
    }),
    ...(discord.apiUrl === null ? {} : { rest: { api: discord.apiUrl } }),
  });
}

/** The number of a process's (first) shard; 0 where there is but one process. */
export function firstShard({ shards }: Pick<ClientOptions, 'shards'>): number {
  return Array.isArray(shards) ? Number(shards[0] ?? 0) : 0;
}

/** Work under way, so that a shutdown can wait for it. */
export interface Underway {
  settled(): Promise<void>;
  /** From now on nothing new is taken up. */
  refuse(): void;
}

/** Connects Discord's events with what answers them. Events that come twice are answered once. */
export function attach(client: Client, bot: Bot): Underway {
  const running = new Set<Promise<void>>();
  let open = true;
  const isNew = onceOnly(5_000);
  const take = (work: Promise<void>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  client.on(Events.InteractionCreate, (interaction) => {
    if (open && isNew(interaction.id)) take(answerInteraction(bot, interaction));
  });
  client.on(Events.MessageCreate, (message) => {
    if (open && isNew(message.id)) take(answerMention(bot, message));
  });
  client.on(Events.Error, (error) => logFailure(bot, error, 'client'));
  client.on(Events.ShardError, (error) => logFailure(bot, error, 'gateway'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => bot.log.warn({ shard, code }, 'disconnected'));
  client.on(Events.ShardReconnecting, (shard) => bot.log.info({ shard }, 'reconnecting'));
  client.on(Events.ShardResume, (shard, replayed) => bot.log.info({ shard, replayed }, 'resumed'));
  client.on(Events.Warn, (text) => bot.log.warn(text));
  client.on(Events.ClientReady, ({ user, guilds, options }) =>
    bot.log.info({ shard: firstShard(options), bot: user.username, servers: guilds.cache.size }, 'ready'),
  );
  return {
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    refuse: () => (open = false),
  };
}
