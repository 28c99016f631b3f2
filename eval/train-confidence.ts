import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { askedOf } from '../answer/asked.js';
import { confidence, FITTED, type Calibration } from '../answer/silence/confidence.js';
import { evidenceOf, type Evidence } from '../answer/silence/evidence.js';
import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { packagePath } from '../index/package-path.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { LinearModel } from '../index/rerank/linear.js';
import { percentile, share } from './metrics.js';
import { parseSet, type QuestionSet } from './question-sets.js';
import { readQuestions, type Question } from './questions.js';
import { trainingCommand } from './train/command.js';
import { fitLogistic } from './train/logistic.js';
import { fitWithoutEach, readExamples } from './train/ranker.js';

/** What the archive is to a question: holds the answer and finds it, holds it and misses it, or does not hold it. */
type Case = 'found' | 'missed' | 'unanswerable';

interface Observed {
  readonly kind: Case;
  readonly evidence: Evidence;
}

/** An observation with the confidence that a curve fitted on the other sets gives it. */
interface Judged {
  readonly kind: Case;
  readonly confidence: number;
  readonly declined: boolean;
}

/** There are few unanswerable questions in a set, so each counts more; what was only missed might be answered further down. */
const weights: Readonly<Record<Case, number>> = { found: 1, missed: 0.5, unanswerable: 3 };
/** So many of the questions that are answered in the first five may be declined, on the training sets: half the tenth that is the aim, since lists differ. */
const DECLINED = 0.05;
const HITS = 30;
const SHOWN = 5;

/** Asks the questions of a set with a ranking that was not fitted on them. */
async function observe({ dataDir, questions }: QuestionSet, model: LinearModel): Promise<Observed[]> {
  const library = await openLibrary(dataDir, { ranking: { model } });
  try {
    const observed: Observed[] = [];
    for (const question of await readQuestions(questions)) observed.push(...(await observeOne(library, question)));
    return observed;
  } finally {
    library.close();
  }
}

async function observeOne(library: Library, question: Question): Promise<Observed[]> {
  const hits = await library.search({ question: question.question, filter: {}, limit: HITS });
  const asked = askedOf(question.question, hits, null, await openWordVectors());
  const evidence = evidenceOf(asked, hits, (stem) => library.weightOf(stem));
  if (evidence === null) return [];
  const gold = new Set(question.gold);
  const found = hits.slice(0, SHOWN).some(({ passage }) => gold.has(passage.sourceId ?? passage.messageId));
  return [{ kind: question.answerable ? (found ? 'found' : 'missed') : 'unanswerable', evidence }];
}

function calibrate(observed: readonly Observed[]): Calibration {
  const fit = fitLogistic(
    observed.map(({ kind, evidence }) => ({
      vector: FITTED.map((name) => evidence[name]),
      holds: kind === 'found',
      weight: weights[kind],
    })),
  );
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const curve = {
    weights: Object.fromEntries(
      FITTED.map((name, at) => [name, rounded(fit.weights[at] ?? 0)]),
    ) as Calibration['weights'],
    bias: rounded(fit.bias),
    least: 0,
  };
  const found = observed
    .filter(({ kind }) => kind === 'found')
    .map(({ evidence }) => confidence(evidence, Infinity, curve));
  return { ...curve, least: rounded(percentile(found, DECLINED)) };
}

/** Each set judged by a curve that was fitted on the others. */
function judgeEach(sets: readonly (readonly Observed[])[]): Judged[] {
  return sets.flatMap((observed, at) => {
    const calibration = calibrate(sets.filter((_, other) => other !== at).flat());
    return observed.map(({ kind, evidence }) => {
      const sure = confidence(evidence, Infinity, calibration);
      return { kind, confidence: sure, declined: sure < calibration.least };
    });
  });
}

/** Ten bins of stated confidence: how many answers each holds, and the share of them whose message stands in the first five. */
function curveOf(judged: readonly Judged[]): object[] {
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = judged.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    return {
      from: bin / 10,
      questions: inside.length,
      answered: share(inside, ({ kind }) => kind === 'found'),
    };
  });
}

async function train(names: readonly string[], output: string, results: string): Promise<void> {
  const sets = names.map(parseSet);
  const models = fitWithoutEach(await readExamples(sets));
  const observed: Observed[][] = [];
  for (const [at, set] of sets.entries()) observed.push(await observe(set, models[at] ?? {}));
  const calibration = calibrate(observed.flat());
  await writeFile(output, `${JSON.stringify(calibration, null, 2)}\n`);
  const judged = judgeEach(observed);
  const declined = (kind: Case): number =>
    share(
      judged.filter((one) => one.kind === kind),
      (one) => one.declined,
    );
  const report = {
    sets: sets.map(({ questions }) => basename(questions)),
    judged: 'each set by a ranking and a curve fitted on the others',
    declined: { found: declined('found'), missed: declined('missed'), unanswerable: declined('unanswerable') },
    curve: curveOf(judged),
    calibration,
  };
  await writeFile(results, `${JSON.stringify(report, null, 2)}\n`);
  console.error(JSON.stringify(report.declined));
}

await trainingCommand({
  name: 'train-confidence',
  description: 'Fits how sure an answer is on questions with known answers.',
  file: 'answer/silence/confidence.json',
})
  .option('--results <file>', 'where the calibration curve is written', packagePath('eval/results/calibration.json'))
  .action((sets: string[], { output, results }: { output: string; results: string }) => train(sets, output, results))
  .parseAsync();
