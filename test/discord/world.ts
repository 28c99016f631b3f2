import { PermissionFlagsBits as P } from 'discord.js';

/** Ids of the one server, its people and channels. Snowflakes: 64-bit, as text. */
export const ids = {
  application: '1000000000000000001',
  bot: '1000000000000000001',
  guild: '1000000000000000010',
  everyone: '1000000000000000010',
  botRole: '1000000000000000011',
  archivists: '1000000000000000012',
  owner: '1000000000000000020',
  ada: '1000000000000000021',
  bert: '1000000000000000022',
  general: '1000000000000000030',
  silent: '1000000000000000031',
  noEmbeds: '1000000000000000032',
  thread: '1000000000000000033',
  direct: '1000000000000000034',
} as const;

export const botToken = 'MTAwMDAwMDAwMDAwMDAwMDAwMQ.loopback.this-is-the-bots-secret-token';

export function user(id: string, name: string, bot = false) {
  return { id, username: name, discriminator: '0', global_name: name, avatar: null, bot, public_flags: 0, flags: 0 };
}

export const people = {
  [ids.bot]: user(ids.bot, 'threadlore', true),
  [ids.owner]: user(ids.owner, 'olga'),
  [ids.ada]: user(ids.ada, 'ada'),
  [ids.bert]: user(ids.bert, 'bert'),
} as const;
export type PersonId = keyof typeof people;

/** What everybody may do in the server. */
export const usual =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.EmbedLinks |
  P.ReadMessageHistory |
  P.CreatePublicThreads |
  P.UseApplicationCommands;

export function member(id: PersonId, roles: readonly string[] = []) {
  return {
    user: people[id],
    roles: [...roles],
    nick: null,
    avatar: null,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    flags: 0,
  };
}

function role(id: string, name: string, permissions: bigint) {
  return {
    id,
    name,
    permissions: String(permissions),
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** Channels, by id; `denied` is what everybody, the bot included, may not do there. */
export function channel(id: string, name: string, denied = 0n) {
  const overwrite = { id: ids.everyone, type: 0, allow: '0', deny: String(denied) };
  return {
    id,
    type: 0,
    guild_id: ids.guild,
    name,
    position: 0,
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: denied === 0n ? [] : [overwrite],
    flags: 0,
  };
}

export function threadChannel(id: string, name: string, parent: string, owner: string, archived = false) {
  return {
    id,
    type: 11,
    guild_id: ids.guild,
    parent_id: parent,
    owner_id: owner,
    name,
    message_count: 0,
    member_count: 1,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived,
      auto_archive_duration: 1440,
      archive_timestamp: '2024-01-01T00:00:00Z',
      locked: false,
    },
    member: { id, user_id: ids.bot, join_timestamp: '2024-01-01T00:00:00Z', flags: 0 },
    flags: 0,
  };
}

/** GUILD_CREATE for the server. */
export function guild() {
  return {
    id: ids.guild,
    name: 'Buoy people',
    icon: null,
    owner_id: ids.owner,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    system_channel_flags: 0,
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      role(ids.everyone, '@everyone', usual),
      role(ids.botRole, 'threadlore', usual),
      role(ids.archivists, 'archivists', usual),
    ],
    channels: [
      channel(ids.general, 'general'),
      channel(ids.silent, 'silent', P.SendMessages),
      channel(ids.noEmbeds, 'no-embeds', P.EmbedLinks),
    ],
    threads: [threadChannel(ids.thread, 'an older thread', ids.general, ids.bot)],
    members: [member(ids.bot, [ids.botRole])],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    member_count: 4,
    large: false,
    unavailable: false,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
  };
}
