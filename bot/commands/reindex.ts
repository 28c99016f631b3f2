import { MessageFlags } from 'discord.js';
import type { Bot } from '../bot.js';
import { Refusal } from '../failures.js';
import { askerOf, isAdmin, requireAdmin, settingsOf } from '../permissions.js';
import { followRun } from '../reindex/follow.js';
import { outermost, sourceName } from '../sources.js';
import type { Choice, SlashCommand } from './command.js';

/** `/reindex`: reads the archive's sources again, in a process of its own, and tells how it goes. A second one shows the first. */
export const reindexCommand: SlashCommand = {
  name: 'reindex',
  async run(bot, interaction) {
    requireAdmin(bot, interaction);
    const running = bot.reindexing.current();
    await interaction.deferReply(running === null ? {} : { flags: MessageFlags.Ephemeral });
    if (running !== null) return followRun(bot, interaction, running);
    const named = interaction.options.getString('source');
    const full = interaction.options.getBoolean('full') ?? false;
    const sources = await sourcesFor(bot, named);
    const run = bot.reindexing.start({ sources, full, by: interaction.user.id });
    bot.log.info({ by: interaction.user.id, sources, full }, 're-indexing');
    void run.ended.then((outcome) => {
      if (outcome.kind === 'failed') bot.log.error({ reason: outcome.message }, 'the re-index failed');
      else bot.log.info({ outcome }, 'the re-index has ended');
    });
    return followRun(bot, interaction, run);
  },
  async complete(bot, interaction) {
    // The names of sources are for admins.
    if (!isAdmin(askerOf(interaction), settingsOf(bot, interaction.guildId))) return [];
    const { sources } = await bot.archive.ask({ kind: 'stats' });
    const typed = interaction.options.getFocused().toLowerCase();
    return sources
      .filter(({ source }) => source.toLowerCase().includes(typed))
      .map(({ source }): Choice => ({ name: sourceName(source), value: `key:${bot.store.keyOf(source)}` }));
  },
};

async function sourcesFor(bot: Bot, named: string | null): Promise<string[]> {
  const { sources } = await bot.archive.ask({ kind: 'stats' });
  if (named === null) {
    const all = outermost(sources);
    if (all.length === 0)
      throw new Refusal('The index knows no source: ingest one first, with `threadlore ingest <path>`.');
    return all;
  }
  const key = /^key:(\d{1,15})$/u.exec(named)?.[1];
  const wanted = key === undefined ? named : bot.store.reference(Number(key));
  const known = sources.filter(({ source }) => source === wanted || sourceName(source) === wanted);
  if (known.length !== 1 || known[0] === undefined)
    throw new Refusal('The archive has no such source: choose one that is offered while you type.');
  return [known[0].source];
}
