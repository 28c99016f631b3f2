import { MessageFlags } from 'discord.js';
import { citationFormats, type CitationFormat } from '../../answer/citation-format.js';
import { askerOf, channelsOf, requireMayAsk, settingsOf } from '../permissions.js';
import { messagesLike, referenceFrom } from '../references.js';
import { nothingCited, renderCitations } from '../render/cite.js';
import type { SlashCommand } from './command.js';

/** `/cite`: the reference to a message, to copy into a chat, a commit or a text. */
export const citeCommand: SlashCommand = {
  name: 'cite',
  async run(bot, interaction) {
    requireMayAsk(bot, interaction.guildId, channelsOf(interaction), askerOf(interaction));
    const alone = interaction.options.getBoolean('private') ?? settingsOf(bot, interaction.guildId).private;
    await interaction.deferReply(alone ? { flags: MessageFlags.Ephemeral } : {});
    const reference = referenceFrom(bot, interaction.options.getString('reference', true));
    const cited = await bot.archive.ask({ kind: 'cite', reference });
    const [first] = cited;
    const shown =
      first === undefined
        ? nothingCited(reference)
        : renderCitations(cited, formatOf(interaction.options.getString('format')), bot.store.keyOf(first.messageId));
    await interaction.editReply(shown);
  },
  complete: (bot, interaction) => messagesLike(bot, interaction.options.getFocused()),
};

function formatOf(text: string | null): CitationFormat {
  return citationFormats.find((format) => format === text) ?? 'discord';
}
