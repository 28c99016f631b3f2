import { DiscordAPIError, PermissionFlagsBits as P, ThreadAutoArchiveDuration, type Message } from 'discord.js';
import type { Bot } from './bot.js';
import { limits } from './limits.js';
import { plainLine } from './markdown.js';
import type { Payload } from './payload.js';

/** Renders for a channel in which the bot may embed, or for one in which it may not. */
export type Render = (embeds: boolean) => Payload;

/**
 * Answers a message with the best that its channel lets the bot do: in a new thread (where `thread` names one), as a reply with embeds, as a reply
 * without, to the person alone. Null, with a line in the log, where nothing of that is possible.
 */
export async function sendInReply(
  bot: Bot,
  message: Message,
  render: Render,
  thread: string | null = null,
): Promise<Message | null> {
  const reasons: string[] = [];
  for (const way of ways(message, render, thread)) {
    try {
      const sent = await way();
      if (sent !== null) return sent;
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
      if (!(error instanceof DiscordAPIError)) break;
    }
  }
  const { channelId, guildId } = message;
  bot.metrics.errors.inc({ where: 'sending' });
  bot.log.error(
    { channel: channelId, server: guildId, reasons },
    'could not answer: the bot needs View Channel, Send Messages and Embed Links there',
  );
  return null;
}

/** Ways to answer, best first; those that are known to be barred give null. */
function ways(message: Message, render: Render, thread: string | null): (() => Promise<Message | null>)[] {
  const { channel, author } = message;
  const may = permissionsIn(message);
  const reply = { messageReference: message.id, failIfNotExists: false };
  const send = async (embeds: boolean): Promise<Message | null> =>
    channel.isSendable() ? channel.send({ ...render(embeds), ...(may(P.ReadMessageHistory) ? { reply } : {}) }) : null;
  const maySend = may(P.ViewChannel) && may(channel.isThread() ? P.SendMessagesInThreads : P.SendMessages);
  return [
    async () => {
      if (thread === null || channel.isThread() || !may(P.CreatePublicThreads) || !may(P.SendMessagesInThreads))
        return null;
      const name = plainLine(thread, limits.threadName);
      const opened = await message.startThread({ name, autoArchiveDuration: ThreadAutoArchiveDuration.OneDay });
      return opened.send(render(may(P.EmbedLinks)));
    },
    async () => (maySend ? send(may(P.EmbedLinks)) : null),
    async () => {
      // What is known of a channel may be out of date: the thread was archived, or embeds were barred a moment ago.
      if (!maySend) return null;
      if (channel.isThread() && channel.archived === true) await channel.setArchived(false);
      return send(false);
    },
    async () => {
      if (message.guildId === null) return null;
      const shown = render(true);
      const why = `I may not write in <#${channel.id}>, so here is what I would have said there:\n`;
      return author.send({ ...shown, content: (why + shown.content).slice(0, limits.content) });
    },
  ];
}

function permissionsIn({ channel }: Message): (permission: bigint) => boolean {
  if (channel.isDMBased()) return () => true;
  const me = channel.guild.members.me;
  const permissions = me === null ? null : channel.permissionsFor(me);
  // Unknown: try, and see what Discord says.
  return (permission) => permissions?.has(permission) ?? true;
}

/** Writes to a person directly; null where they do not let strangers do that. */
export async function sendPrivately(bot: Bot, { author }: Message, shown: Payload): Promise<Message | null> {
  try {
    return await author.send(shown);
  } catch (error) {
    bot.log.info(
      { person: author.id, reason: error instanceof Error ? error.message : String(error) },
      'could not write to a person directly',
    );
    return null;
  }
}
