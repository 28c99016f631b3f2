import type { Command } from 'commander';
import { basename } from 'node:path';
import { compare, type Row } from '../../eval/compare.js';
import { allParts, partByPart } from '../../eval/configurations.js';
import { readQuestions } from '../../eval/questions.js';
import type { EvalSummary } from '../../eval/run.js';
import { saveResults } from '../../eval/saved.js';
import { COMPARISON_KEY, comparisonText, figureText } from '../../eval/table.js';
import { modelsOf } from '../../settings.js';
import { contextOf, type World } from '../context.js';
import { openCounter } from '../counter.js';
import { writeLine } from '../streams.js';

interface EvalFlags {
  readonly compare?: true;
  readonly save?: string;
  readonly json?: true;
}

/** `threadlore eval <questions.jsonl>...`: how well the index answers questions whose answers are known. */
export function addEval(program: Command, world: World): void {
  program
    .command('eval')
    .description('measure the answers to questions whose answers are known (JSON lines)')
    .argument('<questions.jsonl...>', 'question sets')
    .option('--compare', 'one row for each part that the ranking is made of')
    .option('--save <folder>', 'write the figures to <folder>/<set>-<configuration>-<date>.json too')
    .option('--json', 'print the figures as JSON, one line per set and configuration')
    .action(async (paths: string[], flags: EvalFlags, command: Command) => {
      const { dataDir, settings, streams, signal } = contextOf(world, command);
      const models = modelsOf(settings);
      const configurations = flags.compare === true ? partByPart(models) : [allParts(models)];
      const sets = await Promise.all(paths.map(async (path) => ({ path, questions: await readQuestions(path) })));
      const counter = openCounter(streams.log);
      try {
        for (const { path, questions } of sets) {
          const rows = await compare(dataDir, questions, configurations, (configuration, done) => {
            signal.throwIfAborted();
            counter.show({ words: `${basename(path)}, ${configuration}`, done, total: questions.length });
          });
          counter.stop();
          await writeLine(streams.out, textOf(basename(path), rows, flags));
          if (flags.save !== undefined) {
            await saveResults(flags.save, { dataDir, questionsPath: path, rows, at: new Date() });
          }
        }
      } finally {
        counter.stop();
      }
      if (flags.compare === true && flags.json !== true) await writeLine(streams.out, COMPARISON_KEY);
    });
}

function textOf(set: string, rows: readonly Row[], { compare: comparing, json }: EvalFlags): string {
  if (json === true) {
    return rows
      .map(({ configuration, figures }) =>
        JSON.stringify({ set, ...(comparing === true ? { configuration } : {}), ...figures }),
      )
      .join('\n');
  }
  if (comparing === true) return `${comparisonText(set, rows)}\n`;
  const figures = Object.entries(rows[0]?.figures ?? {}) as [keyof EvalSummary, number][];
  const lines = figures.map(([name, value]) => `${name.padEnd(22)} ${figureText(name, value)}`);
  return `${'set'.padEnd(22)} ${set}\n${lines.join('\n')}\n`;
}
