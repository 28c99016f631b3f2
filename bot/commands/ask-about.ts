import { MessageFlags, type MessageContextMenuCommandInteraction } from 'discord.js';
import { askArchive, showAnswer } from '../asking.js';
import type { Bot } from '../bot.js';
import { Refusal } from '../failures.js';
import { listsFor } from '../guild-settings.js';
import { askerOf, requireMayAsk, settingsOf } from '../permissions.js';
import { questionIn } from '../question.js';

/** The context-menu command "Ask the archive": takes a message as the question. The answer goes to the one who asked alone, with a button to share it. */
export async function askAboutMessage(bot: Bot, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const question = questionIn(interaction.targetMessage.content);
  if (question === '') throw new Refusal('This message holds no words to ask about.');
  const { guildId, channelId, channel, user } = interaction;
  const parent = channel !== null && channel.isThread() ? channel.parentId : null;
  const channels = parent === null ? [channelId] : [channelId, parent];
  requireMayAsk(bot, guildId, channels, askerOf(interaction));
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const lists = listsFor(settingsOf(bot, guildId), channelId);
  const request = { question, ...(lists.length === 0 ? {} : { lists }) };
  const shown = await askArchive(bot, { guildId, channelId, askerId: user.id, request });
  const message = await interaction.editReply(showAnswer(bot, shown, { private: true }));
  bot.store.noteMessage(shown.key, message.id);
}
