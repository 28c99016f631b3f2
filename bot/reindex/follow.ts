import type { ChatInputCommandInteraction, Message } from 'discord.js';
import type { Bot } from '../bot.js';
import { logFailure } from '../failures.js';
import { limits } from '../limits.js';
import type { Payload } from '../payload.js';
import { renderOutcome, renderProgress } from '../render/reindex.js';
import type { Outcome } from './child.js';
import type { Run } from './running.js';

/** How often the message is edited: Discord lets a channel's messages be edited 5 times in 5 s, and other edits need room too. */
const editEveryMs = 3_000;
/** Before the token ends, with time for what is on its way. */
const tokenMs = limits.tokenMs - 30_000;

/** Edits the reply to an interaction while a re-index runs, goes on as a message of its own in the channel when the interaction's time is over, and ends with how it ended. */
export async function followRun(bot: Bot, interaction: ChatInputCommandInteraction, run: Run): Promise<void> {
  let outcome: Outcome | null = null;
  const ended = run.ended.then((how) => (outcome = how));
  const show = shower(bot, interaction);
  while (outcome === null) {
    await show(renderProgress(run, bot.now()));
    await Promise.race([ended, pause(editEveryMs)]);
  }
  const how = await run.ended;
  await show(renderOutcome(run, how, bot.now()));
}

/** Shows a payload in the reply, and from the token's end on in a message of the channel. Failures are logged: the re-index does not depend on them. */
function shower(bot: Bot, interaction: ChatInputCommandInteraction): (shown: Payload) => Promise<void> {
  let message: Message | null = null;
  let over = false;
  return async (shown) => {
    try {
      if (bot.now() - interaction.createdTimestamp < tokenMs) return void (await interaction.editReply(shown));
      if (message !== null) return void (await message.edit(shown));
      if (over || interaction.ephemeral === true) return;
      const channel = interaction.channel ?? (await interaction.client.channels.fetch(interaction.channelId));
      over = true;
      if (channel?.isSendable() === true) message = await channel.send(shown);
    } catch (error) {
      logFailure(bot, error, 're-index message');
    }
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
