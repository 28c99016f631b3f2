import type { Command } from 'commander';
import { openBotStore } from '../../bot/store.js';
import { contextOf, type World } from '../context.js';
import { writeLine } from '../streams.js';

interface DeployFlags {
  readonly guild?: string;
  readonly force?: true;
}

/** `threadlore deploy-commands`: tells Discord of the slash commands. */
export function addDeployCommands(program: Command, world: World): void {
  program
    .command('deploy-commands')
    .description('register the slash commands with Discord, where they changed')
    .option('--guild <id>', 'in this server alone, at once (DISCORD_GUILD_ID); everywhere without it')
    .option('--force', 'register although nothing changed')
    .action(async ({ guild, force }: DeployFlags, command: Command) => {
      const { settings, dataDir, streams } = contextOf(world, command);
      const guildId = guild ?? settings.discord.guildId;
      const { deployCommands } = await import('../../bot/deploy.js');
      const store = openBotStore(dataDir);
      try {
        const done = await deployCommands({ settings, store, guildId, force: force === true });
        const where = guildId === null ? 'everywhere' : `in the server ${guildId}`;
        const said = {
          registered: `Registered the commands ${where}.`,
          unchanged: `The commands ${where} have not changed (--force registers them all the same).`,
        };
        await writeLine(streams.out, said[done]);
      } finally {
        store.close();
      }
    });
}
