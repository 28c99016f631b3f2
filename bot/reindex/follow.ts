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

export type Show = (shown: Payload) => Promise<void>;

/** Shows a re-index while it runs, and then how it ended. */
export async function followRun(bot: Bot, show: Show, run: Run): Promise<void> {
  const outcome = await watchRun(bot, show, run);
  await show(renderOutcome(run, outcome, bot.now()));
}

/** Shows a re-index while it runs. */
export async function watchRun(bot: Bot, show: Show, run: Run, after = ''): Promise<Outcome> {
  let outcome: Outcome | null = null;
  const ended = run.ended.then((how) => (outcome = how));
  while (outcome === null) {
    await show(renderProgress(run, bot.now(), after));
    await Promise.race([ended, pause(editEveryMs)]);
  }
  return ended;
}

/**
 * Shows payloads in the reply to an interaction, each in place of the one before, and in a message of the channel when the interaction's time is over.
 * Failures are logged: the re-index does not depend on them.
 */
export function showIn(bot: Bot, interaction: ChatInputCommandInteraction): Show {
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
