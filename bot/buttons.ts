import { MessageFlags, type ButtonInteraction } from 'discord.js';
import type { Quote } from '../answer/answer.js';
import { mostQuotes } from '../answer/question/query.js';
import { assertNever } from '../mail/assert-never.js';
import type { MessageId } from '../mail/message-id.js';
import { keep, showAnswer } from './asking.js';
import type { Bot } from './bot.js';
import { threadPage } from './commands/thread.js';
import { parseCustomId } from './custom-id.js';
import { Refusal } from './failures.js';
import { payload } from './payload.js';
import { requireAdmin } from './permissions.js';
import { renderContext } from './render/context.js';
import type { ShownAnswer } from './store.js';

/** Does what a button says. What it shows is shown to the one who pressed it, except for what they share. */
export async function pressButton(bot: Bot, interaction: ButtonInteraction): Promise<void> {
  const action = parseCustomId(interaction.customId);
  if (action === null) throw new Refusal('This button is too old for me: ask again for a fresh answer.');
  switch (action.kind) {
    case 'context':
      return showContext(bot, interaction, action.answer, action.quote);
    case 'more':
      return showMore(bot, interaction, action.answer);
    case 'share':
      return share(bot, interaction, action.answer);
    case 'up':
    case 'down':
      return vote(bot, interaction, action.answer, action.kind === 'up' ? 1 : -1);
    case 'thread':
      return showThread(bot, interaction, action.reference, action.page);
    case 'page':
      return turnPage(bot, interaction, action.reference, action.page);
    case 'cancel':
      return cancel(bot, interaction, action.run);
    default:
      return assertNever(action);
  }
}

const alone = { flags: MessageFlags.Ephemeral } as const;

function answerFor({ store }: Bot, key: number): ShownAnswer {
  const shown = store.answer(key);
  if (shown === null) throw new Refusal('I have forgotten this answer: ask again for a fresh one.');
  return shown;
}

function quotesOf({ answer }: ShownAnswer): readonly Quote[] {
  return answer.kind === 'found' ? answer.quotes : [];
}

async function showContext(bot: Bot, interaction: ButtonInteraction, key: number, place: number): Promise<void> {
  await interaction.deferReply(alone);
  const quote = quotesOf(answerFor(bot, key))[place];
  const holder = quote?.quotedBy?.messageId ?? quote?.messageId ?? null;
  if (quote === undefined || holder === null)
    throw new Refusal('I have forgotten this answer: ask again for a fresh one.');
  const context = await bot.archive.ask({ kind: 'context', quote });
  if (context === null)
    throw new Refusal(
      'The message that this quote is from is no longer in the archive, or says something else by now.',
    );
  await interaction.editReply(renderContext(context, place + 1, bot.store.keyOf(holder)));
}

async function showMore(bot: Bot, interaction: ButtonInteraction, key: number): Promise<void> {
  await interaction.deferReply(alone);
  const shown = answerFor(bot, key);
  const { answer } = await bot.archive.ask({ kind: 'ask', request: { ...shown.request, limit: mostQuotes } });
  const known = new Set(quotesOf(shown).map(({ text }) => text));
  const further = answer.kind === 'found' ? answer.quotes.filter(({ text }) => !known.has(text)) : [];
  if (answer.kind !== 'found' || further.length === 0)
    throw new Refusal('There are no further quotes that answer this.');
  const more = keep(bot, {
    ...shown,
    answer: { ...answer, quotes: further.slice(0, 5) },
  });
  const message = await interaction.editReply(showAnswer(bot, more, { private: true, more: false }));
  bot.store.noteMessage(more.key, message.id);
}

async function share(bot: Bot, interaction: ButtonInteraction, key: number): Promise<void> {
  const shown = answerFor(bot, key);
  await interaction.deferReply();
  const { standing, withheld } = await checkedAgain(bot, shown);
  const message = await interaction.editReply(showAnswer(bot, standing, { private: false, withheld }));
  bot.store.noteMessage(standing.key, message.id);
}

/** An answer as the archive bears it out by now; kept anew where quotes went, since buttons count its quotes. */
async function checkedAgain(bot: Bot, shown: ShownAnswer): Promise<{ standing: ShownAnswer; withheld: number }> {
  const { answer } = shown;
  if (answer.kind !== 'found') return { standing: shown, withheld: 0 };
  const quotes = await bot.archive.ask({ kind: 'verify', quotes: answer.quotes });
  if (quotes.length === 0) throw new Refusal('The archive no longer bears out what this answer quotes: ask again.');
  const standing = { ...shown, answer: { ...answer, quotes } };
  const withheld = answer.quotes.length - quotes.length;
  return { standing: withheld === 0 ? standing : keep(bot, standing), withheld };
}

async function vote(bot: Bot, interaction: ButtonInteraction, key: number, value: 1 | -1): Promise<void> {
  await interaction.deferReply(alone);
  answerFor(bot, key);
  bot.store.vote(key, interaction.user.id, value, bot.now());
  const content = value === 1 ? 'Noted: this answer helped.' : 'Noted: this answer did not help.';
  await interaction.editReply(payload({ content }));
}

function referenceOf({ store }: Bot, key: number): MessageId {
  const reference = store.reference(key);
  if (reference === null) throw new Refusal('I do not know any more which message this button was about.');
  return reference as MessageId;
}

async function showThread(bot: Bot, interaction: ButtonInteraction, key: number, page: number): Promise<void> {
  await interaction.deferReply(alone);
  await interaction.editReply(await threadPage(bot, referenceOf(bot, key), page === 0 ? null : page));
}

async function turnPage(bot: Bot, interaction: ButtonInteraction, key: number, page: number): Promise<void> {
  await interaction.deferUpdate();
  await interaction.editReply(await threadPage(bot, referenceOf(bot, key), page));
}

async function cancel(bot: Bot, interaction: ButtonInteraction, number: number): Promise<void> {
  requireAdmin(bot, interaction);
  await interaction.deferReply(alone);
  const run = bot.reindexing.current();
  if (run === null || run.number !== number) throw new Refusal('This re-index has ended already.');
  run.cancel();
  bot.log.info({ by: interaction.user.id }, 're-index cancelled');
  await interaction.editReply(payload({ content: 'Stopping it: the batch under way is finished first.' }));
}
