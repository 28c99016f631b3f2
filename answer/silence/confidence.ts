import type { Evidence } from './evidence.js';
import fitted from './confidence.json' with { type: 'json' };

/** The evidence that the curve is fitted on. */
export const FITTED = [
  'best',
  'absent',
  'held',
  'nearest',
  'telling',
  'around',
  'byVector',
] as const satisfies (keyof Evidence)[];

/** A logistic curve over the evidence, and below which value of it no answer is given. */
export interface Calibration {
  readonly weights: Readonly<Record<(typeof FITTED)[number], number>>;
  readonly bias: number;
  readonly least: number;
}

const calibration: Calibration = fitted;

/** Below this, no answer is given: so that few of the questions that the archive answers are declined (see `npm run train:confidence`). */
export const leastConfidence = calibration.least;

/** The ranking's scores were learnt on archives of thousands of messages; over fewer than so many, they are trusted in part. */
const GROWN = 500;

/**
 * How likely (0 to 1) one of the first quotes answers: fitted on questions with known answers, and on some without. In an archive of few
 * `messages` the share of the question that the hits hold speaks instead.
 */
export function confidence(evidence: Evidence, messages = GROWN, { weights, bias }: Calibration = calibration): number {
  let sum = bias;
  for (const name of FITTED) sum += weights[name] * evidence[name];
  const trust = Math.min(1, messages / GROWN);
  return trust / (1 + Math.exp(-sum)) + (1 - trust) * heldOver(evidence);
}

/** Half of the question held is even; a third of it speaks four to one against an answer. */
function heldOver({ covered, absent }: Evidence): number {
  const held = covered * (1 - absent);
  return held ** 2 / (held ** 2 + (1 - held) ** 2);
}
