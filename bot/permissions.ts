import {
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
  type Interaction,
  type PermissionsBitField,
} from 'discord.js';
import type { Bot } from './bot.js';
import { Refusal } from './failures.js';
import type { GuildSettings } from './guild-settings.js';
import { usualSettings } from './guild-settings.js';

/** The settings of the server that something happens in; the usual ones in direct messages. */
export function settingsOf({ store }: Pick<Bot, 'store'>, guildId: string | null): GuildSettings {
  return guildId === null ? usualSettings : store.guildSettings(guildId);
}

interface Asker {
  readonly id: string;
  readonly permissions: Readonly<PermissionsBitField> | null;
  readonly roles: readonly string[];
}

/** Who did it, as the interaction itself tells: needs no cached member. */
export function askerOf(interaction: Interaction): Asker {
  const { member, user, memberPermissions } = interaction;
  const roles = member === null ? [] : Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  return { id: user.id, permissions: memberPermissions, roles };
}

/** Whether somebody may manage the archive: who may manage the server, or has the role in the settings. Server admins can hand commands to anybody, so this is asked each time. */
export function isAdmin({ permissions, roles }: Asker, { adminRole }: GuildSettings): boolean {
  return (
    permissions?.has(PermissionFlagsBits.ManageGuild) === true || (adminRole !== null && roles.includes(adminRole))
  );
}

export function requireAdmin(bot: Bot, interaction: Interaction): void {
  const settings = settingsOf(bot, interaction.guildId);
  if (interaction.guildId === null) throw new Refusal('This works in a server only.');
  if (isAdmin(askerOf(interaction), settings)) return;
  const role = settings.adminRole === null ? '' : ` or the role <@&${settings.adminRole}>`;
  throw new Refusal(`You may not do this: it needs the permission **Manage Server**${role}.`);
}

/** Throws where a question may not be asked in a channel, or too soon after the last one. `channels`: the channel and, for a thread, the one it is in. */
export function requireMayAsk(bot: Bot, guildId: string | null, channels: readonly string[], asker: Asker): void {
  const settings = settingsOf(bot, guildId);
  const admin = isAdmin(asker, settings);
  if (settings.channels.length > 0 && !admin && !channels.some((id) => settings.channels.includes(id))) {
    const named = settings.channels.slice(0, 10).map((id) => `<#${id}>`);
    throw new Refusal(`Questions are not answered in this channel. Ask in ${named.join(', ')}.`);
  }
  const free = bot.cooldown.take(`${guildId ?? 'dm'}:${asker.id}`, settings.cooldown);
  if (free !== null) throw new Refusal(`One question at a time: you can ask again <t:${Math.ceil(free / 1000)}:R>.`);
}

/** The channel of an interaction and, for a thread, the channel that it is in. */
export function channelsOf({
  channelId,
  channel,
}: Pick<ChatInputCommandInteraction, 'channelId' | 'channel'>): string[] {
  const parent = channel !== null && channel.isThread() ? channel.parentId : null;
  return parent === null ? [channelId] : [channelId, parent];
}
