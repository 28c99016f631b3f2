import { basename } from 'node:path';
import type { Command } from 'commander';
import { readQuestions } from '../../eval/questions.js';
import { runQuestions, summarise, type EvalSummary } from '../../eval/run.js';
import { contextOf, type World } from '../context.js';
import { withLibrary } from '../library.js';
import { writeLine } from '../streams.js';

interface SetSummary extends EvalSummary {
  readonly set: string;
}

/** `threadlore eval <questions.jsonl>...`: how well the index answers questions whose answers are known. */
export function addEval(program: Command, world: World): void {
  program
    .command('eval')
    .description('measure the answers to questions whose answers are known (JSON lines)')
    .argument('<questions.jsonl...>', 'question sets')
    .option('--json', 'print the figures as JSON, one line per set')
    .action(async (paths: string[], { json }: { json?: true }, command: Command) => {
      const context = contextOf(world, command);
      const sets = await Promise.all(
        paths.map(async (path) => ({ set: basename(path), questions: await readQuestions(path) })),
      );
      await withLibrary(context, async (library) => {
        for (const { set, questions } of sets) {
          const results = await runQuestions(library, questions, () => context.signal.throwIfAborted());
          const summary: SetSummary = { set, ...summarise(results) };
          await writeLine(context.streams.out, json === true ? JSON.stringify(summary) : describeSummary(summary));
        }
      });
    });
}

function describeSummary(summary: SetSummary): string {
  const figures = Object.entries(summary).map(([name, value]) => {
    const shown =
      typeof value !== 'number' || Number.isInteger(value) ? String(value) : value.toFixed(name.endsWith('Ms') ? 1 : 3);
    return `${name.padEnd(22)} ${shown}`;
  });
  return `${figures.join('\n')}\n`;
}
