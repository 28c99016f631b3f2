import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { askedOf } from '../answer/asked.js';
import { confidence, type Calibration } from '../answer/confidence.js';
import { evidenceOf, type Evidence } from '../answer/evidence.js';
import type { Hit, Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { openWordVectors } from '../index/word-vectors.js';
import { mean, percentile } from './metrics.js';
import { readQuestions, type Question } from './questions.js';
import { fitLogistic } from './train/logistic.js';

/** What the archive is to a question: holds the answer and finds it, holds it and misses it, does not hold it, or was robbed of it. */
type Case = 'found' | 'missed' | 'unanswerable' | 'robbed';

interface Observed {
  readonly kind: Case;
  readonly evidence: Evidence;
}

/** There are few unanswerable questions in a set, so each counts more; a question whose answering thread is taken away is a likeness of one. */
const weights: Readonly<Record<Case, number>> = { found: 1, missed: 0.5, unanswerable: 3, robbed: 0.5 };
/** So many of the questions that are answered in the first five may be declined, on the training sets. */
const DECLINED = 0.08;
const HITS = 30;
const SHOWN = 5;

async function observe(dataDir: string, questionsPath: string): Promise<Observed[]> {
  const library = await openLibrary(dataDir);
  try {
    const observed: Observed[] = [];
    for (const question of await readQuestions(questionsPath)) observed.push(...(await observeOne(library, question)));
    return observed;
  } finally {
    library.close();
  }
}

async function observeOne(library: Library, question: Question): Promise<Observed[]> {
  const words = await openWordVectors();
  const hits = await library.search({ question: question.question, filter: {}, limit: HITS });
  const gold = new Set(question.gold);
  const isGold = ({ passage }: Hit): boolean => gold.has(passage.sourceId ?? passage.messageId);
  const judged = (kind: Case, these: readonly Hit[]): Observed[] => {
    const evidence = evidenceOf(askedOf(question.question, these, null, words), these);
    return evidence === null ? [] : [{ kind, evidence }];
  };
  if (!question.answerable) return judged('unanswerable', hits);
  const threadOf = (hit: Hit): string | undefined => library.thread(hit.passage.messageId)?.rootId;
  const answering = new Set(hits.filter(isGold).map(threadOf));
  const robbed =
    answering.size === 0
      ? []
      : judged(
          'robbed',
          hits.filter((hit) => !answering.has(threadOf(hit))),
        );
  return [...judged(hits.slice(0, SHOWN).some(isGold) ? 'found' : 'missed', hits), ...robbed];
}

function calibrate(observed: readonly Observed[]): Calibration {
  const names = Object.keys(observed[0]?.evidence ?? {}) as (keyof Evidence)[];
  const observations = observed.map(({ kind, evidence }) => ({
    vector: names.map((name) => evidence[name]),
    holds: kind === 'found',
    weight: weights[kind],
  }));
  const fit = fitLogistic(observations);
  const rounded = (value: number): number => Number(value.toPrecision(4));
  const curve = {
    weights: Object.fromEntries(
      names.map((name, at) => [name, rounded(fit.weights[at] ?? 0)]),
    ) as Calibration['weights'],
    bias: rounded(fit.bias),
    least: 0,
  };
  const found = observed
    .filter(({ kind }) => kind === 'found')
    .map(({ evidence }) => confidence(evidence, Infinity, curve));
  return { ...curve, least: rounded(percentile(found, DECLINED)) };
}

/** Ten bins of stated confidence: how many answers each holds, and the share of them whose message stands in the first five. */
function curveOf(observed: readonly Observed[], calibration: Calibration): object[] {
  const real = observed.filter(({ kind }) => kind !== 'robbed');
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = real.filter(
      ({ evidence }) => Math.min(9, Math.floor(confidence(evidence, Infinity, calibration) * 10)) === bin,
    );
    return {
      from: bin / 10,
      questions: inside.length,
      answered: mean(inside.map(({ kind }) => (kind === 'found' ? 1 : 0))),
    };
  });
}

async function train(sets: readonly string[], output: string, results: string): Promise<void> {
  const observed: Observed[] = [];
  for (const set of sets) {
    const [dataDir, questions] = set.split('=');
    if (!dataDir || !questions) throw new Error(`${set}: expected <data folder>=<questions.jsonl>`);
    observed.push(...(await observe(dataDir, questions)));
  }
  const calibration = calibrate(observed);
  await writeFile(output, `${JSON.stringify(calibration, null, 2)}\n`);
  const declined = (kind: Case): number =>
    mean(
      observed
        .filter((one) => one.kind === kind)
        .map(({ evidence }) => (confidence(evidence, Infinity, calibration) < calibration.least ? 1 : 0)),
    );
  const report = {
    sets: sets.map((set) => basename(set)),
    calibration,
    declined: { found: declined('found'), missed: declined('missed'), unanswerable: declined('unanswerable') },
    curve: curveOf(observed, calibration),
  };
  await writeFile(results, `${JSON.stringify(report, null, 2)}\n`);
  console.error(JSON.stringify(report.declined));
}

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

await new Command('train-confidence')
  .description('Fits how sure an answer is on questions with known answers.')
  .argument('<set...>', '<data folder>=<questions.jsonl>: an index and the questions over it')
  .option('--output <file>', 'where the fit is written', here('answer/confidence.json'))
  .option('--results <file>', 'where the calibration curve is written', here('eval/results/calibration.json'))
  .action((sets: string[], { output, results }: { output: string; results: string }) => train(sets, output, results))
  .parseAsync();
