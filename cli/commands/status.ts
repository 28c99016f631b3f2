import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { instantJson } from '../../answer/json.js';
import { botStorePath, openBotStore } from '../../bot/store.js';
import { contextOf, type Context, type World } from '../context.js';
import { withLibrary } from '../library.js';
import { renderStatus, statusJson } from '../render-status.js';
import { writeLine } from '../streams.js';
import { printableLine } from '../terminal.js';

/** `threadlore status`: what the index holds and how it is. */
export function addStatus(program: Command, world: World): void {
  program
    .command('status')
    .description('say what the index holds: sources, counts, last sync, model, health')
    .option('--feedback', 'say instead what people in Discord made of the answers')
    .option('--json', 'print it as JSON')
    .action(async ({ json, feedback }: { json?: true; feedback?: true }, command: Command) => {
      const context = contextOf(world, command);
      if (feedback === true) return writeFeedback(context, json === true);
      const { dataDir, streams, look, settings } = context;
      const crossEncoder = settings.crossEncoder?.model ?? null;
      const stats = await withLibrary(context, (library) => library.stats());
      await writeLine(
        streams.out,
        json === true
          ? JSON.stringify(statusJson(stats, dataDir, crossEncoder))
          : renderStatus(stats, dataDir, crossEncoder, look),
      );
    });
}

/** The latest questions that got a vote. */
const mostVoted = 1000;

async function writeFeedback({ dataDir, streams }: Context, json: boolean): Promise<void> {
  const store = existsSync(botStorePath(dataDir)) ? openBotStore(dataDir) : null;
  const votes = store?.feedback(mostVoted) ?? [];
  store?.close();
  if (json) return writeLine(streams.out, JSON.stringify(votes.map((vote) => ({ ...vote, at: instantJson(vote.at) }))));
  const lines = votes.map(
    ({ question, kind, up, down }) =>
      `+${up} -${down}  ${kind === 'found' ? 'answered' : 'declined'}  ${printableLine(question)}`,
  );
  await writeLine(streams.out, lines.length === 0 ? 'Nobody has voted on an answer yet.' : lines.join('\n'));
}
