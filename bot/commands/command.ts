import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Bot } from '../bot.js';

/** A choice that completion offers. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** One slash command. */
export interface SlashCommand {
  readonly name: string;
  /** Answers; everything that it throws is told to the person. It acknowledges before it waits for anything. */
  run(bot: Bot, interaction: ChatInputCommandInteraction): Promise<void>;
  /** What fits what has been typed, best first. */
  complete?(bot: Bot, interaction: AutocompleteInteraction): Promise<readonly Choice[]>;
}
