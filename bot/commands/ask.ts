import { MessageFlags, type ChatInputCommandInteraction } from 'discord.js';
import { startOfDate } from '../../answer/question/dates.js';
import type { AskRequest } from '../../answer/question/request.js';
import { askArchive, showAnswer } from '../asking.js';
import type { Bot } from '../bot.js';
import { Refusal } from '../failures.js';
import { listsFor } from '../guild-settings.js';
import { namedLists } from '../lists.js';
import { inertLine } from '../markdown.js';
import { askerOf, channelsOf, requireMayAsk, settingsOf } from '../permissions.js';
import type { Choice, SlashCommand } from './command.js';

/** `/ask`: the archive's answer to a question. */
export const askCommand: SlashCommand = {
  name: 'ask',
  async run(bot, interaction) {
    const request = requestOf(bot, interaction);
    requireMayAsk(bot, interaction.guildId, channelsOf(interaction), askerOf(interaction));
    const alone = interaction.options.getBoolean('private') ?? settingsOf(bot, interaction.guildId).private;
    await interaction.deferReply(alone ? { flags: MessageFlags.Ephemeral } : {});
    const { guildId, channelId, user } = interaction;
    // Not before: the archive may take longer to say which lists it has than Discord waits.
    const lists = await namedLists(bot, interaction.options.getString('list'));
    const asked = lists.length === 0 ? request : { ...request, lists };
    const shown = await askArchive(bot, { guildId, channelId, askerId: user.id, request: asked });
    const message = await interaction.editReply(showAnswer(bot, shown, { private: alone }));
    bot.store.noteMessage(shown.key, message.id);
  },
  complete(bot, interaction) {
    const { name, value } = interaction.options.getFocused(true);
    return name === 'author' ? authors(bot, value) : listsLike(bot, value);
  },
};

function requestOf(bot: Bot, { options, guildId, channelId }: ChatInputCommandInteraction): AskRequest {
  const author = options.getString('author');
  const after = dateOption(options.getString('after'), 'after');
  const before = dateOption(options.getString('before'), 'before');
  if (after !== null && before !== null && after >= before)
    throw new Refusal('Nothing is both after `after` and before `before`: swap them.');
  const lists = listsFor(settingsOf(bot, guildId), channelId);
  return {
    question: options.getString('question', true),
    ...(lists.length === 0 ? {} : { lists }),
    ...(author === null ? {} : { author }),
    ...(after === null ? {} : { after }),
    ...(before === null ? {} : { before }),
  };
}

function dateOption(text: string | null, name: string): number | null {
  if (text === null) return null;
  const instant = startOfDate(text);
  if (instant === null) {
    throw new Refusal(
      `\`${name}\`: “${inertLine(text, 40)}” is no date. Write a year, month or day: 2019, 2019-03 or 2019-03-05.`,
    );
  }
  return instant;
}

async function authors({ archive }: Bot, prefix: string): Promise<Choice[]> {
  const names = await archive.ask({ kind: 'authors', prefix, limit: 25 });
  return names.map((name) => ({ name, value: name }));
}

/** Lists whose name holds what was typed. */
export async function listsLike({ archive }: Bot, typed: string): Promise<Choice[]> {
  const { lists } = await archive.ask({ kind: 'stats' });
  const words = typed.toLowerCase();
  return lists
    .filter(({ list }) => list.toLowerCase().includes(words))
    .map(({ list }) => ({ name: list, value: list }));
}
