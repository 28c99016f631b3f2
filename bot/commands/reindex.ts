import { MessageFlags } from 'discord.js';
import type { Bot } from '../bot.js';
import { Refusal } from '../failures.js';
import { askerOf, isAdmin, requireAdmin, settingsOf } from '../permissions.js';
import { followRun, showIn, watchRun } from '../reindex/follow.js';
import type { Run } from '../reindex/running.js';
import { outermost, sourceName } from '../sources.js';
import type { Choice, SlashCommand } from './command.js';

/** `/reindex`: reads the archive's sources again, in a process of its own, and tells how it goes. A second one shows the first. */
export const reindexCommand: SlashCommand = {
  name: 'reindex',
  async run(bot, interaction) {
    requireAdmin(bot, interaction);
    const running = bot.reindexing.current();
    // Not of a person's doing, so nobody asked to see it: the schedule goes first.
    const first = running?.startedBy === null ? running : null;
    await interaction.deferReply(running === null || first !== null ? {} : { flags: MessageFlags.Ephemeral });
    const show = showIn(bot, interaction);
    if (running !== null && first === null) return followRun(bot, show, running);
    const sources = await sourcesFor(bot, interaction.options.getString('source'));
    if (first !== null) await watchRun(bot, show, first, 'What you asked for begins after that.');
    const how = interaction.options.getBoolean('full') === true ? 'anew' : 'beside';
    const { run, isNew } = bot.reindexing.start({ sources, how, by: interaction.user.id });
    if (isNew) logRun(bot, run);
    return followRun(bot, show, run);
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

function logRun({ log }: Bot, { startedBy, sources, how, ended }: Run): void {
  log.info({ by: startedBy, sources, how }, 're-indexing');
  void ended.then((outcome) => {
    if (outcome.kind === 'failed') log.error({ reason: outcome.message }, 'the re-index failed');
    else log.info({ outcome }, 'the re-index has ended');
  });
}

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
