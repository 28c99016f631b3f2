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

/** The smallest archives that the curve is fitted on have so many messages; over fewer, it is trusted in part. */
export const smallestFitted = 20;
/**
 * Where the archive says nothing of so much of the question, whatever was found is about something else: of such questions to the lists and small
 * archives that the curve is fitted on, hardly any was answered (`mostlyAbsent` in `eval/results/calibration.json`).
 */
export const mostlyAbsent = 2 / 3;

/**
 * How likely (0 to 1) one of the first quotes answers: fitted on questions with known answers and on some without, asked of whole lists and of
 * small archives. Where there are still fewer `messages`, the share of the question that the hits hold speaks, too.
 */
export function confidence(
  evidence: Evidence,
  messages = Infinity,
  { weights, bias }: Calibration = calibration,
): number {
  if (evidence.absent >= mostlyAbsent) return 0;
  let sum = bias;
  for (const name of FITTED) sum += weights[name] * evidence[name];
  const trust = Math.min(1, messages / smallestFitted);
  return trust / (1 + Math.exp(-sum)) + (1 - trust) * heldOver(evidence);
}

/** Half of the question held is even; a third of it speaks four to one against an answer. */
function heldOver({ covered, absent }: Evidence): number {
  const held = covered * (1 - absent);
  return held ** 2 / (held ** 2 + (1 - held) ** 2);
}
