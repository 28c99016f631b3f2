import { ask } from '../answer/ask.js';
import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { percentile } from './metrics.js';

export interface Times {
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
}

export interface AskTimes {
  readonly search: Times;
  readonly ask: Times;
}

const QUESTIONS = 100;
const WARM_UP = 5;

/** Asks about the subjects of messages that are spread over the library, warm: the first few questions do not count. */
export async function benchAsking(dataDir: string): Promise<AskTimes> {
  const library = await openLibrary(dataDir);
  try {
    const questions = questionsAbout(library);
    const search = await timed(questions, (question) => library.search({ question, filter: {}, limit: 10 }));
    return { search, ask: await timed(questions, (question) => ask(library, { question })) };
  } finally {
    library.close();
  }
}

/** A question each about the subjects of messages that are spread over the library. */
export function questionsAbout(library: Library): string[] {
  const { messages } = library.stats();
  const step = Math.max(1, Math.floor(messages / (QUESTIONS + WARM_UP)));
  const subjects: string[] = [];
  let at = 0;
  for (const { subject } of library.everyMessage()) if (at++ % step === 0) subjects.push(subject);
  return subjects
    .slice(0, QUESTIONS + WARM_UP)
    .map((subject) => `What was decided about ${subject.replace(/^re: */i, '')}?`);
}

export async function timed(
  questions: readonly string[],
  work: (question: string) => Promise<unknown>,
): Promise<Times> {
  const times: number[] = [];
  for (const question of questions) {
    const began = performance.now();
    await work(question);
    times.push(performance.now() - began);
  }
  return timesOf(times.slice(Math.min(WARM_UP, times.length - 1)));
}

export function timesOf(warm: readonly number[]): Times {
  return { median: percentile(warm, 0.5), p95: percentile(warm, 0.95) };
}
