import { standardised, type LinearModel } from '../../index/rerank/linear.js';
import type { QuestionSet } from '../question-sets.js';
import { examplesOf, type Example } from './examples.js';
import { fitListwise, listwiseLoss, type ListwiseOptions, type RankedGroup } from './listwise.js';

/**
 * Chosen by leaving one training list out at a time: more rounds and weaker shrinking made hardly a difference. So were the features: of twice as
 * many, those stayed whose loss on the list left out was the greater without them.
 */
export const rankerOptions: ListwiseOptions = { rounds: 40, learningRate: 0.05, l2: 0.03 };

/** The questions of each set that have an answer, with what the first stage finds for them. */
export async function readExamples(sets: readonly QuestionSet[]): Promise<Example[][]> {
  const read: Example[][] = [];
  for (const { dataDir, questions } of sets) {
    const examples = await examplesOf(dataDir, questions);
    read.push(examples.filter(({ question }) => question.gold.length > 0));
  }
  return read;
}

/** The ranking model that fits some questions. */
export function fitRanker(examples: readonly Example[]): LinearModel {
  const names = [...(examples[0]?.features.keys() ?? [])];
  const weights = fitListwise(groupsOf(examples, names), rankerOptions);
  return Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0]));
}

/** How a model does on questions that it was not fitted on (see `listwiseLoss`). */
export function lossOf(examples: readonly Example[], model: LinearModel): number {
  return listwiseLoss(groupsOf(examples, Object.keys(model)), Float64Array.from(Object.values(model)));
}

function groupsOf(examples: readonly Example[], names: readonly string[]): RankedGroup[] {
  return examples.map(({ features, candidates }) => ({
    columns: names.map((name) => standardised(features.get(name) ?? new Float64Array(candidates.length))),
    labels: candidates.map(({ label }) => label),
  }));
}

/** For each set, the model that fits all others: what a question has taught must not judge it. */
export function fitWithoutEach(read: readonly (readonly Example[])[]): LinearModel[] {
  return read.map((_, at) => fitRanker(read.filter((_, other) => other !== at).flat()));
}
