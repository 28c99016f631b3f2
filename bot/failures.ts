import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Bot } from './bot.js';
import { inert } from './markdown.js';
import { payload, type Payload } from './payload.js';

/** A person did something that cannot be done; the message is Markdown, and is shown to them alone where that is possible. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The index's own errors, in words for people who cannot look at the machine. */
const indexWords: Readonly<Record<string, string>> = {
  NoIndexError: 'There is no archive here yet. Whoever runs this bot has to read one in: `threadlore ingest <path>`.',
  IndexMismatchError:
    'The archive was indexed with another model or version. Whoever runs this bot has to run `threadlore reindex`.',
  DamagedIndexError:
    'The archive’s index cannot be read. Whoever runs this bot finds the reason in its log, or with `threadlore doctor`.',
  UnusableFolderError:
    'The archive’s folder cannot be read. Whoever runs this bot finds the reason in its log, or with `threadlore doctor`.',
  BusyError: 'Many questions are being answered just now: I am busy, try again in a few seconds.',
};

/** What went wrong, for the person who asked. */
export function failureWords(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name === 'Refusal') return message;
  if (name === 'QuestionError') return `I cannot read this question: ${inert(message)}.`;
  return (
    indexWords[name] ??
    'Something went wrong here, and it has been logged. Try again, and tell whoever runs this bot if it stays so.'
  );
}

export function failurePayload(error: unknown): Payload {
  return payload({ content: failureWords(error).slice(0, 2_000) });
}

/** Whether an error is of the world's making (a person's input, load), and no fault to look into. */
function expected(error: unknown): boolean {
  return error instanceof Error && ['Refusal', 'QuestionError', 'BusyError'].includes(error.name);
}

/** Discord's own errors that say that somebody was too late, or a message or channel has gone: logged, nothing to mend. */
const gone: ReadonlySet<number | string> = new Set([10_003, 10_008, 10_015, 10_062, 40_060, 50_027]);

/** Nobody can be told anything any more: the interaction was acknowledged too late, or by another process. */
export function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === 10_062 || error.code === 40_060);
}

export function logFailure({ log, metrics }: Pick<Bot, 'log' | 'metrics'>, error: unknown, where: string): void {
  if (expected(error)) return void log.debug({ where, reason: (error as Error).message }, 'refused');
  metrics.errors.inc({ where });
  if (error instanceof DiscordAPIError && gone.has(error.code)) {
    return void log.warn(
      { where, code: error.code, reason: error.message },
      'Discord has dropped what was to be answered',
    );
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError || error instanceof RateLimitError) {
    return void log.error(
      { where, reason: error.message, status: 'status' in error ? error.status : 429 },
      'Discord refused a request',
    );
  }
  log.error({ where, err: error }, 'failed');
}
