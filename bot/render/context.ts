import { ButtonStyle } from 'discord.js';
import type { PassageContext } from '../archive/context.js';
import { limits } from '../limits.js';
import { blockQuote, inertBlock, inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';
import { button, rows } from './buttons.js';
import { dayOf, hiddenWords, linksTo } from './words.js';

/** A quote in its message: what it replies to, the lines around it, and the thread's button. */
export function renderContext(context: PassageContext, number: number, threadKey: number): Payload {
  const { author, date, subject, permalinks, before, passage, after } = context;
  const hidden = hiddenWords([before, passage, after, context.parent?.excerpt ?? ''].join('\n'));
  const source = [`**${inertLine(author, 60)}**`, dayOf(date), ...linksTo(permalinks), ...hidden].join(' · ');
  const head = [
    `\`${number}\` ${source}`,
    `-# ${inertLine(subject, 120) || '(no subject)'}`,
    ...parentLines(context),
  ].join('\n');
  const words = blockQuote(passage, 1_600);
  // What is left is shared by both sides; a short one leaves its part to the other.
  const room = limits.embedDescription - head.length - words.length - 10;
  const below = after === '' ? '' : inertBlock(after.replace(/^\n+/u, ''), Math.floor(room / 2));
  const above = before === '' ? '' : inertBlock(before.replace(/\n+$/u, ''), room - below.length, { cut: 'beginning' });
  const description = [head, above, words, below].filter((part) => part !== '').join('\n\n');
  return payload({
    embeds: [{ color: colours.found, description }],
    components: rows([button('Thread', { kind: 'thread', reference: threadKey, page: 0 }, ButtonStyle.Secondary)]),
  });
}

function parentLines({ parent }: PassageContext): string[] {
  if (parent === null) return ['-# It opens its thread.'];
  const who = inertLine(parent.author ?? 'somebody', 60);
  if (!parent.present) return [`-# ↩️ in reply to ${who}, ${dayOf(parent.date)}: a message that is not in the archive`];
  return [
    `-# ↩️ in reply to ${who}, ${dayOf(parent.date)}`,
    ...(parent.excerpt === '' ? [] : [blockQuote(parent.excerpt, 500)]),
  ];
}
