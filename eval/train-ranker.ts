import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { linearScores, standardised, type LinearModel } from '../index/rerank/linear.js';
import { formatModel } from '../index/rerank/model.js';
import { hitAt, meanReciprocalRank } from './metrics.js';
import { examplesOf, type Example } from './train/examples.js';
import { fitListwise, type ListwiseOptions } from './train/listwise.js';

/** Chosen by leaving one training list out at a time: more rounds and weaker shrinking made hardly a difference. */
const options: ListwiseOptions = { rounds: 40, learningRate: 0.05, l2: 0.03 };

async function readSet(set: string): Promise<Example[]> {
  const [dataDir, questions] = set.split('=');
  if (!dataDir || !questions) throw new Error(`${set}: expected <data folder>=<questions.jsonl>`);
  const examples = await examplesOf(dataDir, questions);
  return examples.filter(({ question }) => question.gold.length > 0);
}

function fit(examples: readonly Example[]): LinearModel {
  const names = [...(examples[0]?.features.keys() ?? [])];
  const groups = examples.map(({ features, candidates }) => ({
    columns: names.map((name) => standardised(features.get(name) ?? new Float64Array(candidates.length))),
    labels: candidates.map(({ label }) => label),
  }));
  const weights = fitListwise(groups, options);
  return Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0]));
}

/** 1-based place of the first message that answers, each message standing where its best passage does; null where none was found. */
function placeOf({ features, candidates }: Example, model: LinearModel): number | null {
  const scores = linearScores(features, model, candidates.length);
  const order = [...candidates.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const messages = new Set<number>();
  for (const at of order) {
    messages.add(candidates[at]?.message ?? 0);
    if ((candidates[at]?.label ?? 0) > 0) return messages.size;
  }
  return null;
}

function describe(name: string, places: readonly (number | null)[]): string {
  const hits = [1, 5, 10].map((k) => `hit@${k} ${hitAt(places, k).toFixed(3)}`);
  return `${name}: ${hits.join(', ')}, MRR@10 ${meanReciprocalRank(places, 10).toFixed(3)} of ${places.length} questions`;
}

async function train(sets: readonly string[], output: string): Promise<void> {
  const read: Example[][] = [];
  for (const set of sets) read.push(await readSet(set));
  const without = read.flatMap((judged, at) => {
    const model = fit(read.filter((_, other) => other !== at).flat());
    const places = judged.map((example) => placeOf(example, model));
    console.error(describe(`${sets[at]} by the other sets`, places));
    return places;
  });
  console.error(describe('each set by the others', without));
  const madeBy = `npm run train:ranker -- ${sets.map((set) => set.split('/').at(-1)).join(' ')}; ${JSON.stringify(options)}`;
  await writeFile(output, formatModel(fit(read.flat()), madeBy));
}

await new Command('train-ranker')
  .description(
    'Fits the ranking model on questions with known answers, and tells how it does on each set when fitted on the others.',
  )
  .argument('<set...>', '<data folder>=<questions.jsonl>: an index and the questions over it')
  .option(
    '--output <file>',
    'where the model is written',
    fileURLToPath(new URL('../../index/rerank/model.json', import.meta.url)),
  )
  .action((sets: string[], { output }: { output: string }) => train(sets, output))
  .parseAsync();
