import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { formatModel } from '../index/rerank/model.js';
import { examplesOf, type Example } from './train/examples.js';
import { trainLambdaMart, type LambdaMartOptions } from './train/lambdamart.js';

/** Chosen by leaving one training list out at a time: what differs little was left at the smaller model. */
const options: LambdaMartOptions = {
  rounds: 120,
  bins: 48,
  leaves: 5,
  leafRows: 20,
  leafWeight: 0.001,
  l2: 1,
  learningRate: 0.05,
  featureShare: 0.4,
  groupShare: 0.7,
  seed: 1,
};

/** Ensembles that differ by their seed alone, added up: some 240 questions leave much to chance. */
const bags = 5;

async function train(sets: readonly string[], output: string): Promise<void> {
  const examples: Example[] = [];
  for (const set of sets) {
    const [dataDir, questions] = set.split('=');
    if (!dataDir || !questions) throw new Error(`${set}: expected <data folder>=<questions.jsonl>`);
    const read = await examplesOf(dataDir, questions);
    console.error(`${questions}: ${read.length} questions`);
    examples.push(...read);
  }
  const useful = examples.filter(({ candidates }) => candidates.some(({ label }) => label > 0));
  const features = Object.keys(useful[0]?.candidates[0]?.features ?? {});
  const groups = useful.map(({ candidates }) => ({
    vectors: candidates.map((candidate) => features.map((name) => candidate.features[name] ?? 0)),
    labels: candidates.map(({ label }) => label),
  }));
  const seeds = Array.from({ length: bags }, (_, bag) => options.seed + bag);
  const trees = seeds.flatMap((seed) => trainLambdaMart(groups, { ...options, seed }));
  const madeBy = `npm run train:ranker -- ${sets.map((set) => set.split('/').at(-1)).join(' ')}; ${JSON.stringify(options)}`;
  await writeFile(output, formatModel({ features, trees }, madeBy));
  console.error(`${output}: ${trees.length} trees over ${features.length} features, from ${useful.length} questions`);
}

await new Command('train-ranker')
  .description('Fits the ranking model on questions with known answers.')
  .argument('<set...>', '<data folder>=<questions.jsonl>: an index and the questions over it')
  .option(
    '--output <file>',
    'where the model is written',
    fileURLToPath(new URL('../../index/rerank/model.json', import.meta.url)),
  )
  .action((sets: string[], { output }: { output: string }) => train(sets, output))
  .parseAsync();
