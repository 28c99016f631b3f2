import { Command, CommanderError } from 'commander';
import { packageVersion } from '../index/package-path.js';
import { addAsk } from './commands/ask.js';
import { addBot } from './commands/bot.js';
import { addCite } from './commands/cite.js';
import { addDeployCommands } from './commands/deploy-commands.js';
import { addDoctor } from './commands/doctor.js';
import { addEval } from './commands/eval.js';
import { addExport } from './commands/export.js';
import { addIngest } from './commands/ingest.js';
import { addReindex } from './commands/reindex.js';
import { addSourceCommand } from './commands/source.js';
import { addStatus } from './commands/status.js';
import { addSync } from './commands/sync.js';
import { addThread } from './commands/thread.js';
import type { World } from './context.js';
import { describeError, exitStatusOf, QuietFailure } from './failure.js';

/** The commands, in the order in which `--help` lists them. */
const commands = [
  addIngest,
  addSourceCommand,
  addSync,
  addAsk,
  addCite,
  addThread,
  addExport,
  addStatus,
  addDoctor,
  addReindex,
  addEval,
  addBot,
  addDeployCommands,
];

/** The program `threadlore` with all of its commands. */
export function makeProgram(world: World): Command {
  const program = new Command('threadlore')
    .description(
      'Answers questions from mailing-list archives in verbatim quotes that say who said it, when and where.',
    )
    .version(packageVersion(), '-V, --version')
    .option('--data <dir>', 'where the index lives (THREADLORE_DATA, default ./data)')
    .configureOutput({
      writeOut: (text) => world.streams.out.write(text),
      writeErr: (text) => world.streams.log.write(text),
      outputError: (text, write) => write(`threadlore: ${text.replace(/^error: /, '')}`),
    })
    .exitOverride()
    .showHelpAfterError('(threadlore --help lists the commands, threadlore <command> --help its options)');
  for (const add of commands) add(program, world);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.option('--data <dir>', 'where the index lives').copyInheritedSettings(program);
  }
  return program;
}

/** Runs one command line. Returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted. Never throws. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    await makeProgram(world).parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said what is wrong; help and version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (world.signal.aborted) return 130;
    if (!(error instanceof QuietFailure)) world.streams.log.write(`threadlore: ${describeError(error)}\n`);
    return exitStatusOf(error);
  }
}
