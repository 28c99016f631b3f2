import { PermissionFlagsBits as P } from 'discord.js';
import { ids, member, people, usual, type PersonId } from './world.js';

/** Who does something, where: bert in #general unless told otherwise. */
export interface Doing {
  readonly by?: PersonId;
  readonly in?: string;
  readonly roles?: readonly string[];
  readonly permissions?: bigint;
  readonly locale?: string;
  /** In a direct message to the bot. */
  readonly direct?: boolean;
}

export interface OptionValue {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly OptionValue[];
}

export type Values = Readonly<Record<string, string | number | boolean>>;

/** Text 3, integer 4, boolean 5; channels are 7 and roles 8, marked by their name. */
export function optionsOf(values: Values, focused?: string): OptionValue[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    type:
      typeof value === 'boolean' ? 5 : typeof value === 'number' ? 4 : name === 'channel' ? 7 : name === 'role' ? 8 : 3,
    value,
    ...(name === focused ? { focused: true } : {}),
  }));
}

/** What every interaction holds. */
export function interactionBase(id: string, token: string, doing: Doing) {
  const { by = ids.bert, in: channelId = ids.general, roles = [], locale = 'en-US', direct = false } = doing;
  const owner = by === ids.owner ? P.Administrator | P.ManageGuild : 0n;
  const permissions = String(doing.permissions ?? usual | owner);
  const place = direct
    ? { user: people[by], channel: { id: ids.direct, type: 1 }, channel_id: ids.direct, context: 1 }
    : {
        guild_id: ids.guild,
        guild: { id: ids.guild, locale: 'en-US', features: [] },
        guild_locale: 'en-US',
        member: { ...member(by, roles), permissions },
        channel: {
          id: channelId,
          type: channelId === ids.thread ? 11 : 0,
          guild_id: ids.guild,
          name: 'somewhere',
          parent_id: ids.general,
        },
        channel_id: channelId,
        context: 0,
      };
  return {
    id,
    token,
    application_id: ids.application,
    version: 1,
    locale,
    app_permissions: String(usual),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: { 0: ids.guild },
    ...place,
  };
}
