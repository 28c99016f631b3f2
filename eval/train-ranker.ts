import { writeFile } from 'node:fs/promises';
import { linearScores, type LinearModel } from '../index/rerank/linear.js';
import { formatModel } from '../index/rerank/model.js';
import { hitAt, meanReciprocalRank } from './metrics.js';
import { parseSet, withoutFolders } from './question-sets.js';
import { trainingCommand } from './train/command.js';
import type { Example } from './train/examples.js';
import { fitRanker, fitWithoutEach, lossOf, rankerOptions, readExamples } from './train/ranker.js';

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

async function train(names: readonly string[], output: string): Promise<void> {
  const read = await readExamples(names.map(parseSet));
  const models = fitWithoutEach(read);
  const places = read.map((examples, at) => examples.map((example) => placeOf(example, models[at] ?? {})));
  places.forEach((of, at) => {
    const loss = lossOf(read[at] ?? [], models[at] ?? {});
    console.error(`${describe(`${names[at]} by the other sets`, of)}, loss ${loss.toFixed(3)}`);
  });
  console.error(describe('each set by the others', places.flat()));
  await writeFile(
    output,
    formatModel(
      fitRanker(read.flat()),
      `npm run train:ranker -- ${withoutFolders(names)}; ${JSON.stringify(rankerOptions)}`,
    ),
  );
}

await trainingCommand({
  name: 'train-ranker',
  description:
    'Fits the ranking model on questions with known answers, and tells how it does on each set when fitted on the others.',
  file: 'index/rerank/model.json',
})
  .action((sets: string[], { output }: { output: string }) => train(sets, output))
  .parseAsync();
