import { ButtonStyle } from 'discord.js';
import type { PassageContext, PassageWords } from '../../answer/passage-context.js';
import { assertNever } from '../../mail/assert-never.js';
import { limits } from '../limits.js';
import { blockQuote, inertBlock, inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';
import { button, rows } from './buttons.js';
import { dayOf, hiddenWords, linksTo } from './words.js';

/** A quote in its message: what it replies to, the lines around it, and the thread's button. */
export function renderContext(context: PassageContext, number: number, threadKey: number): Payload {
  const { author, date, permalinks, words } = context;
  const hidden = hiddenWords(textsOf(context).join('\n'));
  const source = [`**${inertLine(author, 60)}**`, dayOf(date), ...linksTo(permalinks), ...hidden].join(' · ');
  const head = [`\`${number}\` ${source}`, titleLine(words), ...parentLines(context)].join('\n');
  return payload({
    embeds: [{ color: colours.found, description: [head, ...linesOf(words, head.length)].join('\n\n') }],
    components: rows([button('Thread', { kind: 'thread', reference: threadKey, page: 0 }, ButtonStyle.Secondary)]),
  });
}

function textsOf({ words, parent }: PassageContext): string[] {
  return [
    ...(words.kind === 'whole' ? [words.before, words.passage, words.after] : []),
    ...(parent?.words.kind === 'whole' ? [parent.words.excerpt] : []),
  ];
}

function titleLine(words: PassageWords): string {
  if (words.kind === 'damaged') return '-# The stored message is damaged: its words are not shown.';
  return `-# ${inertLine(words.subject, 120) || '(no subject)'}`;
}

/** The quote and the lines around it, in what room the head leaves. */
function linesOf(words: PassageWords, taken: number): string[] {
  if (words.kind === 'damaged') return [];
  const { before, passage, after } = words;
  const quote = blockQuote(passage, 1_600);
  // What is left is shared by both sides; a short one leaves its part to the other.
  const room = limits.embedDescription - taken - quote.length - 10;
  const below = after === '' ? '' : inertBlock(after.replace(/^\n+/u, ''), Math.floor(room / 2));
  const above = before === '' ? '' : inertBlock(before.replace(/\n+$/u, ''), room - below.length, { cut: 'beginning' });
  return [above, quote, below].filter((part) => part !== '');
}

function parentLines({ parent }: PassageContext): string[] {
  if (parent === null) return ['-# It opens its thread.'];
  const line = `-# ↩️ in reply to ${inertLine(parent.author ?? 'somebody', 60)}, ${dayOf(parent.date)}`;
  switch (parent.words.kind) {
    case 'absent':
      return [`${line}: a message that is not in the archive`];
    case 'damaged':
      return [`${line}: its stored message is damaged`];
    case 'whole':
      return parent.words.excerpt === '' ? [line] : [line, blockQuote(parent.words.excerpt, 500)];
    default:
      return assertNever(parent.words);
  }
}
