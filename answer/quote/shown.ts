import type { Library } from '../../index/library.js';
import type { Quote } from '../answer.js';
import type { Choice } from './choose.js';
import { composeQuote } from './compose.js';
import { inConversationOrder } from './conversation.js';
import { withoutNearDuplicates } from './duplicates.js';
import type { MessageChoices } from '../rank.js';
import { statusOf } from '../status/status.js';
import { kinshipOf } from '../status/superseded.js';
import { verifyQuote, type QuoteDraft, type Rejection } from './verify.js';

/** The quotes that are shown: those that are worth most, by the rank of their message; no near-duplicates, all of them through the gate. */
export function quotesOf(
  library: Library,
  ranked: readonly MessageChoices[],
  limit: number,
  onRejected?: (draft: QuoteDraft, reason: Rejection) => void,
): Quote[] {
  const shown: { readonly rank: number; readonly quote: Quote }[] = [];
  const worthy = withoutNearDuplicates(
    byWorth(ranked),
    ({ choice }) => choice.text,
    ({ choice: one }, { choice: other }) => kinshipOf(one.message, other.message),
  );
  for (const { choice, rank, worth } of worthy) {
    if (shown.length >= limit) break;
    const draft = composeQuote(library, choice, worth, statusOf(library, choice.message, choice));
    const verdict = verifyQuote(library, draft);
    if (verdict.kind === 'verified') shown.push({ rank, quote: verdict.quote });
    else onRejected?.(draft, verdict.reason);
  }
  shown.sort((a, b) => a.rank - b.rank);
  return inConversationOrder(
    library,
    shown.map(({ quote }) => quote),
  );
}

interface Worthy {
  readonly choice: Choice;
  /** Of its message, from 0. */
  readonly rank: number;
  /** How likely it answers, against the other choices: that its message does, times that this is where. */
  readonly worth: number;
}

/** All that can be quoted, the likeliest to answer first: a second quote of the first message may come before the first of the fourth. */
function byWorth(ranked: readonly MessageChoices[]): Worthy[] {
  const likelihoods = likelihoodsOf(ranked);
  return ranked
    .flatMap((choices, rank) =>
      choices.map((choice) => ({ choice, rank, worth: choice.chance * (likelihoods[rank] ?? 0) })),
    )
    .sort((a, b) => b.worth - a.worth);
}

/**
 * How much less a message answers with its place, and with each point that the ranking gives it less. On the training sets both together showed
 * more answers than either alone; a power of 0.5 or 1 showed fewer, 0.3 to 0.5 of the points as many.
 */
const decline = { place: 0.75, points: 0.5 };

/** How likely the message at each place answers, against the first: a place has the score that stands there, whichever message was moved to it. */
function likelihoodsOf(ranked: readonly MessageChoices[]): number[] {
  const scores = ranked.map(([{ hit }]) => hit.score).sort((a, b) => b - a);
  return scores.map(
    (score, place) => Math.exp(decline.points * (score - (scores[0] ?? 0))) / (1 + place) ** decline.place,
  );
}
