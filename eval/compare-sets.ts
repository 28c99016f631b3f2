import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { packagePath } from '../index/package-path.js';
import { loadSettings, modelsOf } from '../settings.js';
import { compare } from './compare.js';
import { partByPart } from './configurations.js';
import { parseSet, setsDescription } from './question-sets.js';
import { readQuestions } from './questions.js';
import { saveResults, setName } from './saved.js';
import { COMPARISON_KEY, comparisonText } from './table.js';

/**
 * `npm run eval:compare -- <data folder>=<questions.jsonl>...`: `threadlore eval --compare --save eval/results` for sets that are over indexes
 * of their own.
 */
async function main(sets: readonly string[], { save }: { save: string }): Promise<void> {
  const configurations = partByPart(modelsOf(loadSettings()));
  for (const { dataDir, questions: questionsPath } of sets.map(parseSet)) {
    const questions = await readQuestions(questionsPath);
    const rows = await compare(dataDir, questions, configurations, (configuration, done) => {
      if (done === questions.length) process.stderr.write(`${setName(questionsPath)}: ${configuration}\n`);
    });
    process.stdout.write(`${comparisonText(setName(questionsPath), rows)}\n\n`);
    await saveResults(save, { dataDir, questionsPath, rows, at: new Date() });
  }
  process.stdout.write(`${COMPARISON_KEY}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await new Command('eval:compare')
    .description('Measures what each part of the ranking is worth on question sets.')
    .argument('<set...>', setsDescription)
    .option('--save <folder>', 'where the figures are written', packagePath('eval/results'))
    .action(main)
    .parseAsync();
}
