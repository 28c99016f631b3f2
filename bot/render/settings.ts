import type { GuildSettings } from '../guild-settings.js';
import { inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';

/** The settings of a server, for its admins. */
export function renderSettings(settings: GuildSettings): Payload {
  const { channels, lists, channelLists, adminRole, private: alone, threads, cooldown } = settings;
  const own = Object.entries(channelLists)
    .slice(0, 15)
    .map(([id, names]) => `- <#${id}>: ${named(names)}`);
  const lines = [
    `**May ask:** ${channels.length === 0 ? 'every channel' : few(channels.map((id) => `<#${id}>`))}`,
    `**Lists:** ${named(lists)}`,
    ...own,
    `**Admins:** Manage Server${adminRole === null ? '' : `, <@&${adminRole}>`}`,
    `**Answers:** ${alone ? 'to the asker alone' : 'to everybody'}; mentions are answered ${threads ? 'in a thread of their own' : 'in the channel'}`,
    `**Between two questions of a person:** ${cooldown === 0 ? 'no wait' : `${cooldown} s`}`,
  ];
  return payload({
    embeds: [{ color: colours.found, title: 'Settings of this server', description: lines.join('\n').slice(0, 4_000) }],
  });
}

function named(lists: readonly string[]): string {
  return lists.length === 0 ? 'all' : few(lists.map((list) => inertLine(list, 40)));
}

function few(names: readonly string[]): string {
  return names.length <= 15 ? names.join(', ') : `${names.slice(0, 15).join(', ')} and ${names.length - 15} more`;
}
