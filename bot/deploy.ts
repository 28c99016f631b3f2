import { createHash } from 'node:crypto';
import { REST, Routes } from 'discord.js';
import type { Settings } from '../settings.js';
import { definitions } from './definitions.js';
import { BotSettingsError } from './settings-error.js';
import type { BotStore } from './store.js';

export interface DeployOptions {
  readonly settings: Pick<Settings, 'discord'>;
  readonly store: Pick<BotStore, 'registered' | 'setRegistered'>;
  /** Registers in this server alone, at once; null: everywhere. */
  readonly guildId: string | null;
  /** Registers although nothing changed since the last time. */
  readonly force: boolean;
}

/** Registers the slash commands with Discord where their definitions changed since it was last done. Returns whether that was so. */
export async function deployCommands({
  settings,
  store,
  guildId,
  force,
}: DeployOptions): Promise<'registered' | 'unchanged'> {
  const { token, applicationId, apiUrl } = settings.discord;
  if (token === null)
    throw new BotSettingsError(
      'DISCORD_TOKEN is not set: copy the token from https://discord.com/developers/applications (Bot → Reset Token) into .env',
    );
  if (applicationId === null)
    throw new BotSettingsError(
      'DISCORD_APPLICATION_ID is not set: copy it from https://discord.com/developers/applications (General Information → Application ID) into .env',
    );
  const hash = createHash('sha256').update(JSON.stringify(definitions)).digest('hex');
  const scope = `${applicationId}/${guildId ?? 'everywhere'}`;
  if (!force && store.registered(scope) === hash) return 'unchanged';
  const rest = new REST(apiUrl === null ? {} : { api: apiUrl }).setToken(token);
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  await rest.put(route, { body: definitions });
  store.setRegistered(scope, hash);
  return 'registered';
}
