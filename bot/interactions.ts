import {
  MessageFlags,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Bot } from './bot.js';
import { pressButton } from './buttons.js';
import { askAboutMessage } from './commands/ask-about.js';
import type { Choice, SlashCommand } from './commands/command.js';
import { commands } from './commands/commands.js';
import { failurePayload, isTooLate, logFailure, Refusal } from './failures.js';
import { limits } from './limits.js';
import { plainLine } from './markdown.js';

/** Answers one interaction. Never throws: every outcome is told to the person, or logged where Discord does not take it. */
export async function answerInteraction(bot: Bot, interaction: Interaction): Promise<void> {
  const where = nameOf(interaction);
  const began = performance.now();
  try {
    if (interaction.isAutocomplete()) await complete(bot, interaction);
    else if (interaction.isChatInputCommand()) await commandNamed(interaction.commandName).run(bot, interaction);
    else if (interaction.isMessageContextMenuCommand()) await askAboutMessage(bot, interaction);
    else if (interaction.isButton()) await pressButton(bot, interaction);
  } catch (error) {
    logFailure(bot, error, where);
    if (interaction.isRepliable() && !isTooLate(error)) await tell(bot, interaction as Repliable, error);
  } finally {
    bot.metrics.latency.observe({ kind: where.split(' ')[0] ?? where }, (performance.now() - began) / 1000);
  }
}

/** Discord offers what was registered last, which may be another version's. */
function commandNamed(name: string): SlashCommand {
  const command = commands.get(name);
  if (command === undefined)
    throw new Refusal('I do not know this command. Whoever runs this bot has to run `threadlore deploy-commands`.');
  return command;
}

type Repliable = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ButtonInteraction;

/** Says what went wrong: to the person alone where nothing was sent yet, else in place of the answer that did not come. */
async function tell(bot: Bot, interaction: Repliable, error: unknown): Promise<void> {
  const said = failurePayload(error);
  try {
    const ours = interaction.deferred || interaction.replied;
    // A button that was acknowledged without a reply of its own (`ephemeral` stays null) must leave the message above it as it is.
    if (!ours) await interaction.reply({ ...said, flags: MessageFlags.Ephemeral });
    else if (interaction.ephemeral === null) await interaction.followUp({ ...said, flags: MessageFlags.Ephemeral });
    else await interaction.editReply(said);
  } catch (again) {
    logFailure(bot, again, nameOf(interaction));
  }
}

/** Completion has no error to show: where nothing can be offered in time, nothing is. */
async function complete(bot: Bot, interaction: AutocompleteInteraction): Promise<void> {
  const choices = await choicesFor(bot, interaction);
  const known = new Set<string>();
  const fitting = choices.filter(({ value }) => {
    const fits = value.length > 0 && value.length <= limits.choiceValue && !known.has(value);
    known.add(value);
    return fits;
  });
  await interaction.respond(
    fitting
      .slice(0, limits.choices)
      .map(({ name, value }) => ({ name: plainLine(name, limits.choiceName) || value, value })),
  );
}

async function choicesFor(bot: Bot, interaction: AutocompleteInteraction): Promise<readonly Choice[]> {
  try {
    return (await commands.get(interaction.commandName)?.complete?.(bot, interaction)) ?? [];
  } catch (error) {
    logFailure(bot, error, nameOf(interaction));
    return [];
  }
}

function nameOf(interaction: Interaction): string {
  if (interaction.isAutocomplete()) return `autocomplete ${interaction.commandName}`;
  if (interaction.isCommand()) return `command ${interaction.commandName}`;
  return interaction.isButton() ? 'button' : 'interaction';
}
