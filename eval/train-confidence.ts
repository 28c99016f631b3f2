import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { understood } from '../answer/ask.js';
import { searchFor } from '../answer/outcome.js';
import { confidence, FITTED, mostlyAbsent, type Calibration } from '../answer/silence/confidence.js';
import type { Evidence } from '../answer/silence/evidence.js';
import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { packagePath } from '../index/package-path.js';
import type { LinearModel } from '../index/rerank/linear.js';
import { percentile, share } from './metrics.js';
import { parseSet, type QuestionSet } from './question-sets.js';
import { readQuestions, type Question } from './questions.js';
import { messageIdOf } from '../mail/message-id.js';
import { trainingCommand } from './train/command.js';
import { fitLogistic } from './train/logistic.js';
import { fitWithoutEach, readExamples } from './train/ranker.js';
import { smallArchives, smallSizes } from './train/small-archives.js';

/** What the archive is to a question: holds the answer and finds it, holds it and misses it, or does not hold it. */
type Case = 'found' | 'missed' | 'unanswerable';

interface Observed {
  readonly kind: Case;
  readonly evidence: Evidence;
  /** Messages of the small archive that was asked; null for the list as a whole. */
  readonly size: number | null;
}

/** An observation with the confidence that a curve fitted on the other sets gives it. */
interface Judged extends Pick<Observed, 'kind' | 'size'> {
  readonly confidence: number;
  readonly declined: boolean;
}

/** There are few unanswerable questions in a set, so each counts more; what was only missed might be answered further down. */
const weights: Readonly<Record<Case, number>> = { found: 1, missed: 0.5, unanswerable: 3 };
/** So many of the questions that are answered in the first five may be declined, on the training sets: less than half the tenth that is the aim, since lists differ. */
const DECLINED = 0.04;
const SHOWN = 5;

/** Asks the questions of a set of its list, and of small archives cut of that, with a ranking that was not fitted on them. */
async function observe({ dataDir, questions: path }: QuestionSet, model: LinearModel): Promise<Observed[]> {
  const library = await openLibrary(dataDir, { ranking: { model } });
  try {
    const questions = await readQuestions(path);
    const observed = await observeAll(library, questions, null);
    for await (const { size, library: small } of smallArchives(library, questions, model))
      observed.push(...(await observeAll(small, questions, size)));
    return observed;
  } finally {
    library.close();
  }
}

async function observeAll(library: Library, questions: readonly Question[], size: number | null): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const question of questions) {
    const one = await observeOne(library, question);
    if (one !== null) observed.push({ size, ...one });
  }
  return observed;
}

async function observeOne(library: Library, question: Question): Promise<Omit<Observed, 'size'> | null> {
  const query = await understood(library, { question: question.question });
  const { hits, evidence } = await searchFor(library, query);
  if (evidence === null) return null;
  const gold = new Set(question.gold);
  const found = hits.slice(0, SHOWN).some(({ passage }) => gold.has(passage.sourceId ?? passage.messageId));
  const held = question.gold.flatMap((id) => messageIdOf(id) ?? []).some((id) => library.message(id) !== null);
  return { kind: found ? 'found' : held ? 'missed' : 'unanswerable', evidence };
}

/** Small archives weigh as much as whole lists, in each case. */
function calibrate(observed: readonly Observed[]): Calibration {
  const weightInSmall = (kind: Case): number => {
    const [lists, small] = [true, false].map(
      (whole) => observed.filter((one) => one.kind === kind && (one.size === null) === whole).length,
    );
    return (weights[kind] * (lists ?? 0)) / Math.max(1, small ?? 0);
  };
  const inSmall = {
    found: weightInSmall('found'),
    missed: weightInSmall('missed'),
    unanswerable: weightInSmall('unanswerable'),
  };
  const fit = fitLogistic(
    observed.map(({ kind, size, evidence }) => ({
      vector: FITTED.map((name) => evidence[name]),
      holds: kind === 'found',
      weight: (size === null ? weights : inSmall)[kind],
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
    .filter(({ kind, size }) => kind === 'found' && size === null)
    .map(({ evidence }) => confidence(evidence, Infinity, curve));
  return { ...curve, least: rounded(percentile(found, DECLINED)) };
}

/** Each set judged by a curve that was fitted on the others. */
function judgeEach(sets: readonly (readonly Observed[])[]): Judged[] {
  return sets.flatMap((observed, at) => {
    const calibration = calibrate(sets.filter((_, other) => other !== at).flat());
    return observed.map(({ kind, size, evidence }) => {
      const sure = confidence(evidence, Infinity, calibration);
      return { kind, size, confidence: sure, declined: sure < calibration.least };
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
  const ofSize = (size: number | null): Judged[] => judged.filter((one) => one.size === size);
  const report = {
    sets: sets.map(({ questions }) => basename(questions)),
    judged: 'each set by a ranking and a curve fitted on the others',
    declined: declinedOf(ofSize(null)),
    curve: curveOf(ofSize(null)),
    small: smallSizes.map((size) => ({
      messages: size,
      questions: ofSize(size).length,
      declined: declinedOf(ofSize(size)),
    })),
    mostlyAbsent: mostlyAbsentOf(observed.flat()),
    calibration,
  };
  await writeFile(results, `${JSON.stringify(report, null, 2)}\n`);
  console.error(JSON.stringify({ declined: report.declined, small: report.small }));
}

/** Of the questions that an archive says next to nothing of, all of which are declined, those that were answered in the first five. */
function mostlyAbsentOf(observed: readonly Observed[]): object {
  const absent = observed.filter(({ evidence }) => evidence.absent >= mostlyAbsent);
  return { questions: absent.length, found: absent.filter(({ kind }) => kind === 'found').length };
}

function declinedOf(judged: readonly Judged[]): Readonly<Record<Case, number>> {
  const declined = (kind: Case): number =>
    share(
      judged.filter((one) => one.kind === kind),
      (one) => one.declined,
    );
  return { found: declined('found'), missed: declined('missed'), unanswerable: declined('unanswerable') };
}

await trainingCommand({
  name: 'train-confidence',
  description: 'Fits how sure an answer is on questions with known answers.',
  file: 'answer/silence/confidence.json',
})
  .option('--results <file>', 'where the calibration curve is written', packagePath('eval/results/calibration.json'))
  .action((sets: string[], { output, results }: { output: string; results: string }) => train(sets, output, results))
  .parseAsync();
