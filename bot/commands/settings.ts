import { MessageFlags, type ChatInputCommandInteraction } from 'discord.js';
import type { Bot } from '../bot.js';
import { usualSettings, type GuildSettings } from '../guild-settings.js';
import { namedLists } from '../lists.js';
import { requireAdmin } from '../permissions.js';
import { renderSettings } from '../render/settings.js';
import type { Choice, SlashCommand } from './command.js';

/** `/settings`: how the bot works in one server. Shown to the admin alone. */
export const settingsCommand: SlashCommand = {
  name: 'settings',
  async run(bot, interaction) {
    requireAdmin(bot, interaction);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const guildId = interaction.guildId ?? '';
    const before = bot.store.guildSettings(guildId);
    const after = await changed(bot, before, interaction);
    if (after !== before) {
      bot.store.setGuildSettings(guildId, after);
      bot.log.info(
        { guild: guildId, by: interaction.user.id, what: interaction.options.getSubcommand() },
        'settings changed',
      );
    }
    await interaction.editReply(renderSettings(after));
  },
  complete: (bot, interaction) => listNames(bot, interaction.options.getFocused()),
};

async function changed(
  bot: Bot,
  before: GuildSettings,
  { options }: ChatInputCommandInteraction,
): Promise<GuildSettings> {
  switch (options.getSubcommand()) {
    case 'channel':
      return withChannel(before, options.getChannel('channel', true).id, options.getBoolean('allow', true));
    case 'lists':
      return withLists(
        before,
        options.getChannel('channel')?.id ?? null,
        await namedLists(bot, options.getString('lists')),
      );
    case 'admins':
      return { ...before, adminRole: options.getRole('role')?.id ?? null };
    case 'answers':
      return {
        ...before,
        private: options.getBoolean('private') ?? before.private,
        threads: options.getBoolean('threads') ?? before.threads,
      };
    case 'cooldown':
      return { ...before, cooldown: options.getInteger('seconds', true) };
    case 'reset':
      return usualSettings;
    default:
      return before;
  }
}

function withChannel(before: GuildSettings, id: string, allow: boolean): GuildSettings {
  const others = before.channels.filter((channel) => channel !== id);
  return { ...before, channels: allow ? [...others, id].slice(-100) : others };
}

function withLists(before: GuildSettings, channel: string | null, lists: string[]): GuildSettings {
  if (channel === null) return { ...before, lists };
  const others = Object.entries(before.channelLists).filter(([id]) => id !== channel);
  return { ...before, channelLists: Object.fromEntries(lists.length === 0 ? others : [...others, [channel, lists]]) };
}

/** Completes the last name of a row of names with commas between them. */
async function listNames({ archive }: Bot, typed: string): Promise<Choice[]> {
  const { lists } = await archive.ask({ kind: 'stats' });
  const at = typed.lastIndexOf(',') + 1;
  const [before, last] = [typed.slice(0, at), typed.slice(at).trim().toLowerCase()];
  return lists
    .filter(({ list }) => list.toLowerCase().includes(last))
    .map(({ list }) => `${before}${before === '' ? '' : ' '}${list}`)
    .map((names) => ({ name: names, value: names }));
}
