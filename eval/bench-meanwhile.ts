import { fork, type ChildProcess } from 'node:child_process';
import { openLibrary } from '../index/open.js';
import { packagePath } from '../index/package-path.js';
import { questionsAbout, timed, timesOf, type Times } from './bench-ask.js';

export interface MeanwhileTimes {
  /** Answers by the bot's process while nothing else runs. */
  readonly idle: Times;
  /** The same questions while a `/reindex` with `full` reads the archive again and builds a new index beside the present one. */
  readonly meanwhile: Times;
  readonly meanwhileQuestions: number;
  /** How long a re-index took with questions being asked all the time. */
  readonly reindexSeconds: number;
}

/** A small archive is re-indexed so often at most until `least` questions were asked meanwhile. */
const MOST_RUNS = 20;

/**
 * How long people wait for an answer while the index is rebuilt, in the bot's own set-up: its two programs, one that answers and one of low priority
 * that re-indexes, started and spoken to as the bot does. One question follows the other without a pause, from the re-index's start to its swap.
 */
export async function benchMeanwhile(archive: string, dataDir: string, least = 100): Promise<MeanwhileTimes> {
  const library = await openLibrary(dataDir);
  const questions = questionsAbout(library);
  library.close();
  const answering = fork(packagePath('dist/bot/archive/program.js'), [JSON.stringify({ dataDir, embedder: null })], {
    serialization: 'advanced',
  });
  try {
    const ask = asker(answering);
    const idle = await timed(questions, ask);
    const times: number[] = [];
    let seconds = 0;
    let runs = 0;
    for (; runs === 0 || (times.length < least && runs < MOST_RUNS); runs++) {
      const began = performance.now();
      const { ended } = startReindex(archive, dataDir);
      let running = true;
      const done = ended.finally(() => (running = false));
      for (let at = 0; running; at++) {
        const asked = performance.now();
        await ask(questions[at % questions.length] ?? '');
        times.push(performance.now() - asked);
      }
      await done;
      seconds += (performance.now() - began) / 1000;
    }
    return { idle, meanwhile: timesOf(times), meanwhileQuestions: times.length, reindexSeconds: seconds / runs };
  } finally {
    answering.disconnect();
  }
}

type Reply = { readonly number: number } & (
  { readonly kind: 'done' } | { readonly kind: 'failed'; readonly message: string }
);

/** Asks one question at a time. */
function asker(answering: ChildProcess): (question: string) => Promise<void> {
  let number = 0;
  return (question) =>
    new Promise((done, failed) => {
      answering.once('message', (reply: Reply) => {
        if (reply.kind === 'done') done();
        else failed(new Error(`the bot could not answer “${question}”: ${reply.message}`));
      });
      answering.send({ number: number++, job: { kind: 'ask', request: { question } } });
    });
}

function startReindex(archive: string, dataDir: string): { readonly ended: Promise<void> } {
  const child = fork(packagePath('dist/bot/reindex/process.js'), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let outcome: { readonly kind: string; readonly message?: string } = { kind: 'died' };
  child.on('message', (told: typeof outcome) => {
    if (told.kind !== 'progress') outcome = told;
  });
  const http = { contact: null, allowPrivate: false };
  child.send({ kind: 'begin', order: { dataDir, embedder: null, http, sources: [archive], how: 'anew' } });
  const ended = new Promise<void>((done, failed) => {
    child.once('error', failed);
    child.once('exit', () => {
      if (outcome.kind === 'done') done();
      else failed(new Error(`the re-index of ${archive} ${outcome.kind}: ${outcome.message ?? ''}`));
    });
  });
  // Awaited after the questions; a failure before that must not count as unhandled.
  ended.catch(() => undefined);
  return { ended };
}
