import { pino, type Logger } from 'pino';
import type { Settings } from '../settings.js';

export type { Logger } from 'pino';

/** Paths of Discord's REST interface that hold an interaction's token: who has it can answer in the bot's name. */
const tokenPaths = /\/(webhooks|interactions)\/(\d+)\/[\w-]{20,}/gu;

/** JSON lines to `stream` (stderr). Tokens never reach it: neither the bot's, wherever it stands, nor those of interactions in URLs of errors. */
export function openLog(
  { logLevel, discord }: Pick<Settings, 'logLevel' | 'discord'>,
  stream: NodeJS.WritableStream,
): Logger {
  const { token } = discord;
  return pino(
    {
      level: logLevel,
      base: null,
      redact: { paths: ['token', '*.token', '*.*.token'], censor: '[token]' },
      hooks: { streamWrite: (line) => withoutTokens(line, token) },
    },
    { write: (line: string) => void stream.write(line) },
  );
}

export function withoutTokens(text: string, token: string | null): string {
  const hidden = text.replace(tokenPaths, '/$1/$2/[token]');
  return token === null || token === '' ? hidden : hidden.replaceAll(token, '[token]');
}
