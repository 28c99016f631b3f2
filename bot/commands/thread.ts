import { MessageFlags } from 'discord.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Bot } from '../bot.js';
import { Refusal } from '../failures.js';
import { inertLine } from '../markdown.js';
import type { Payload } from '../payload.js';
import { askerOf, channelsOf, requireMayAsk, settingsOf } from '../permissions.js';
import { messagesLike, referenceFrom } from '../references.js';
import { renderThread } from '../render/thread.js';
import type { SlashCommand } from './command.js';

/** `/thread`: the replies around a message. */
export const threadCommand: SlashCommand = {
  name: 'thread',
  async run(bot, interaction) {
    requireMayAsk(bot, interaction.guildId, channelsOf(interaction), askerOf(interaction));
    const alone = interaction.options.getBoolean('private') ?? settingsOf(bot, interaction.guildId).private;
    await interaction.deferReply(alone ? { flags: MessageFlags.Ephemeral } : {});
    const reference = referenceFrom(bot, interaction.options.getString('message', true));
    const [cited] = await bot.archive.ask({ kind: 'cite', reference });
    if (cited === undefined) {
      throw new Refusal(
        `The archive knows no message “${inertLine(reference, 150)}”. Check the Message-ID or link, or try words of its subject.`,
      );
    }
    await interaction.editReply(await threadPage(bot, cited.messageId, null));
  },
  complete: (bot, interaction) => messagesLike(bot, interaction.options.getFocused()),
};

/** A page of the thread around a message. Throws `Refusal` where the archive does not hold it any more. */
export async function threadPage(bot: Bot, messageId: MessageId, page: number | null): Promise<Payload> {
  const thread = await bot.archive.ask({ kind: 'thread', reference: messageId });
  if (thread === null) throw new Refusal('This thread is no longer in the archive.');
  return renderThread({ thread, messageId, key: bot.store.keyOf(messageId), page });
}
