import { renderArchive } from '../render/archive.js';
import type { SlashCommand } from './command.js';

/** `/archive`: what there is to ask. */
export const archiveCommand: SlashCommand = {
  name: 'archive',
  async run(bot, interaction) {
    await interaction.deferReply();
    await interaction.editReply(renderArchive(await bot.archive.ask({ kind: 'stats' })));
  },
};
