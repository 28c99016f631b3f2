/** The bot cannot run with these settings; the message names the variable and how to mend it. */
export class BotSettingsError extends Error {
  override readonly name = 'BotSettingsError';
}
