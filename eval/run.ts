import { ask, type AskOptions } from '../answer/ask.js';
import type { Hit, Library } from '../index/library.js';
import { firstHit, hitAt, mean, meanReciprocalRank, percentile, share } from './metrics.js';
import type { Question } from './questions.js';

/** How one question fared. */
export interface QuestionResult {
  readonly question: Question;
  /** 1-based place of the first message that answers among the first 50 that were found; null beyond. */
  readonly place: number | null;
  readonly declined: boolean;
  readonly confidence: number;
  /** Whether a shown quote contains the support. */
  readonly supported: boolean;
  /** Of the shown quotes that contain the support, whether one names the right speaker; null where none contains it. */
  readonly speakerRight: boolean | null;
  readonly milliseconds: number;
}

/** The figures of a question set. Shares are 0 to 1; times are milliseconds per question. */
export interface EvalSummary {
  readonly questions: number;
  readonly answerable: number;
  readonly 'hit@1': number;
  readonly 'hit@5': number;
  readonly 'hit@10': number;
  readonly 'MRR@10': number;
  /** What a better order of the same candidates could reach. */
  readonly 'hit@50': number;
  readonly supportShown: number;
  /** Of the questions whose message stands in the first five. */
  readonly supportShownWhenFound: number;
  readonly speakerRight: number;
  readonly unanswerableDeclined: number;
  readonly answerableDeclined: number;
  /** Of the answerable questions whose message stands in the first five. */
  readonly foundDeclined: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

const CANDIDATES = 50;

export interface RunOptions extends Pick<AskOptions, 'everUnsure'> {
  readonly onProgress?: (done: number) => void;
}

/** Asks every question of a set, one after another. */
export async function runQuestions(
  library: Library,
  questions: readonly Question[],
  { onProgress, ...options }: RunOptions = {},
): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions) {
    results.push(await runQuestion(library, question, options));
    onProgress?.(results.length);
  }
  return results;
}

async function runQuestion(library: Library, question: Question, options: AskOptions): Promise<QuestionResult> {
  const hits = await library.search({ question: question.question, filter: {}, limit: CANDIDATES });
  const started = performance.now();
  const answer = await ask(library, { question: question.question }, options);
  const milliseconds = performance.now() - started;
  const shown = answer.kind === 'found' ? answer.quotes : [];
  const supporting = shown.filter(({ text }) => question.support !== null && contains(text, question.support));
  return {
    question,
    place: firstHit(hits.map(messageOf), new Set(question.gold)),
    declined: answer.kind === 'nothing-found',
    confidence: answer.confidence,
    supported: supporting.length > 0,
    speakerRight: supporting.length > 0 ? supporting.some(({ speaker }) => sameName(speaker, question.speaker)) : null,
    milliseconds,
  };
}

/** The message that a hit is a hit on: recovered words count for the message they come from, or else for their quoter. */
function messageOf({ passage }: Hit): string {
  return passage.sourceId ?? passage.messageId;
}

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Whether a quote holds the support, or is the part of it that was chosen to be shown. */
function contains(quote: string, support: string): boolean {
  return collapsed(quote).includes(collapsed(support));
}

function sameName(speaker: string, expected: string | null): boolean {
  const words = (name: string): string => (name.toLowerCase().match(/\p{L}+/gu) ?? []).sort().join(' ');
  return expected !== null && words(speaker) === words(expected);
}

/** Sums a set up. */
export function summarise(results: readonly QuestionResult[]): EvalSummary {
  const answerable = results.filter(({ question }) => question.answerable);
  const unanswerable = results.filter(({ question }) => !question.answerable);
  const ranked = answerable.filter(({ question }) => question.gold.length > 0);
  const places = ranked.map(({ place }) => place);
  const found = ranked.filter(({ place }) => place !== null && place <= 5);
  const times = results.map(({ milliseconds }) => milliseconds);
  return {
    questions: results.length,
    answerable: answerable.length,
    'hit@1': hitAt(places, 1),
    'hit@5': hitAt(places, 5),
    'hit@10': hitAt(places, 10),
    'MRR@10': meanReciprocalRank(places, 10),
    'hit@50': hitAt(places, CANDIDATES),
    supportShown: share(answerable, ({ supported }) => supported),
    supportShownWhenFound: share(found, ({ supported }) => supported),
    speakerRight: mean(results.flatMap(({ speakerRight }) => (speakerRight === null ? [] : [speakerRight ? 1 : 0]))),
    unanswerableDeclined: share(unanswerable, ({ declined }) => declined),
    answerableDeclined: share(answerable, ({ declined }) => declined),
    foundDeclined: share(found, ({ declined }) => declined),
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}
