import type { Answer } from '../answer/answer.js';
import type { AskRequest } from '../answer/question/request.js';
import type { Bot } from './bot.js';
import type { Payload } from './payload.js';
import { renderAnswer } from './render/answer.js';
import type { ShownAnswer } from './store.js';

/** Who asks, where. */
export interface Asking {
  readonly guildId: string | null;
  readonly channelId: string;
  readonly askerId: string;
  readonly request: AskRequest;
}

/** Asks the archive and keeps the answer for its buttons. Throws what `Archive.ask` throws. */
export async function askArchive(bot: Bot, { request, ...where }: Asking): Promise<ShownAnswer> {
  const began = performance.now();
  try {
    const { answer, rejected } = await bot.archive.ask({ kind: 'ask', request });
    bot.metrics.questions.inc({ outcome: answer.kind });
    if (rejected > 0)
      bot.log.error({ rejected }, 'quotes were held back: the index may be damaged, see threadlore doctor');
    return keep(bot, { ...where, request, answer });
  } catch (error) {
    const busy = error instanceof Error && error.name === 'BusyError';
    bot.metrics.questions.inc({ outcome: busy ? 'busy' : 'failed' });
    throw error;
  } finally {
    bot.metrics.latency.observe({ kind: 'search' }, (performance.now() - began) / 1000);
  }
}

/** Keeps an answer that was made of another one: further quotes. */
export function keep(bot: Bot, answer: Omit<ShownAnswer, 'key'>): ShownAnswer {
  return { ...answer, key: bot.store.addAnswer(answer, bot.now()) };
}

/** How an answer is shown. */
export function showAnswer(
  bot: Bot,
  { key, answer }: ShownAnswer,
  how: { readonly private: boolean; readonly embeds?: boolean; readonly more?: boolean; readonly withheld?: number },
): Payload {
  const { embeds = true, more = answer.kind === 'found', withheld = 0 } = how;
  return renderAnswer({
    answer,
    key,
    threadKey: threadKeyOf(bot, answer),
    private: how.private,
    embeds,
    more,
    withheld,
  });
}

/** The thread of the best quote. */
function threadKeyOf({ store }: Bot, answer: Answer): number | null {
  if (answer.kind !== 'found') return null;
  const best = answer.quotes.reduce((a, b) => (b.score > a.score ? b : a));
  const id = best.quotedBy?.messageId ?? best.messageId;
  return id === null ? null : store.keyOf(id);
}
