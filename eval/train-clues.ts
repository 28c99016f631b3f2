import { writeFile } from 'node:fs/promises';
import { askedOf } from '../answer/asked.js';
import { readSentences } from '../answer/quote/choose.js';
import { chancesOf, CLUES, type Clues, type ClueWeights } from '../answer/quote/clues.js';
import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { openWordVectors } from '../index/word-vectors.js';
import { mean } from './metrics.js';
import { parseSet, withoutFolders, type QuestionSet } from './question-sets.js';
import { readQuestions, type Question } from './questions.js';
import { trainingCommand } from './train/command.js';
import { fitListwise, type ListwiseOptions } from './train/listwise.js';

/** The sentences of a message that answers a question. */
interface Example {
  readonly clues: readonly Clues[];
  /** Which of them hold the support. */
  readonly right: readonly boolean[];
}

/** Tried by leaving one training list out at a time: ten times the rounds, a tenth or three times the shrinking changed little. */
const fitOptions: ListwiseOptions = { rounds: 100, learningRate: 0.1, l2: 0.03 };
const HITS = 30;

/** The questions of a set whose message is found, with that message's sentences. */
async function readExamples({ dataDir, questions }: QuestionSet): Promise<Example[]> {
  const library = await openLibrary(dataDir);
  try {
    const examples: Example[] = [];
    for (const question of await readQuestions(questions)) examples.push(...(await readExample(library, question)));
    return examples;
  } finally {
    library.close();
  }
}

async function readExample(library: Library, { question, gold, support }: Question): Promise<Example[]> {
  const hits = await library.search({ question, filter: {}, limit: HITS });
  const hit = hits.find(({ passage }) => passage.kind === 'own' && passage.messageId === gold[0]);
  const message = hit === undefined ? null : library.message(hit.passage.messageId);
  if (hit === undefined || message === null || support === null) return [];
  const asked = askedOf(question, hits, null, await openWordVectors());
  const { sentences, clues } = readSentences(asked, hit, message);
  const held = new RegExp(support.trim().split(/\s+/).map(escaped).join('\\s+')).exec(message.text);
  if (held === null) return [];
  const end = held.index + held[0].length;
  return [{ clues, right: sentences.map(({ sentence }) => sentence.end > held.index && sentence.start < end) }];
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Every sentence of a support is to be likely, not one of them alone: each is a choice of its own. */
function fit(examples: readonly Example[]): ClueWeights {
  const scales = CLUES.map((name) => deviation(examples.flatMap(({ clues }) => clues.map((clue) => clue[name]))));
  const groups = examples.flatMap(({ clues, right }) => {
    const columns = CLUES.map((name, at) => Float64Array.from(clues, (clue) => clue[name] / (scales[at] ?? 1)));
    const places = [...right.keys()].filter((place) => right[place]);
    return places.map((place) => ({ columns, labels: right.map((_, at) => (at === place ? 1 : 0)) }));
  });
  const weights = fitListwise(groups, fitOptions);
  const rounded = (value: number): number => Number(value.toPrecision(3));
  return Object.fromEntries(
    CLUES.map((name, at) => [name, rounded((weights[at] ?? 0) / (scales[at] ?? 1))]),
  ) as ClueWeights;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) || 1;
}

/** What part of the chances of each message the sentences with the support have. */
function rightShare(examples: readonly Example[], weights: ClueWeights): number {
  return mean(
    examples.map(({ clues, right }) =>
      chancesOf(clues, weights).reduce((sum, chance, at) => sum + (right[at] ? chance : 0), 0),
    ),
  );
}

async function train(names: readonly string[], output: string): Promise<void> {
  const read: Example[][] = [];
  for (const name of names) read.push(await readExamples(parseSet(name)));
  for (const [at, examples] of read.entries()) {
    const byOthers = fit(read.filter((_, other) => other !== at).flat());
    console.error(
      `${names[at]} by the other sets: the right sentences hold ${rightShare(examples, byOthers).toFixed(3)} of the chances, of ${examples.length} messages`,
    );
  }
  const fitted = {
    madeBy: `npm run train:clues -- ${withoutFolders(names)}; ${JSON.stringify(fitOptions)}`,
    weights: fit(read.flat()),
  };
  await writeFile(output, `${JSON.stringify(fitted, null, 2)}\n`);
}

await trainingCommand({
  name: 'train-clues',
  description: 'Fits what tells the sentence of a message that answers, on questions with known answers.',
  file: 'answer/quote/clues.json',
})
  .action((sets: string[], { output }: { output: string }) => train(sets, output))
  .parseAsync();
