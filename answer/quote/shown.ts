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
  const chances = chancesOfPlaces(ranked);
  return ranked
    .flatMap((choices, rank) =>
      choices.map((choice) => ({ choice, rank, worth: choice.chance * (chances[rank] ?? 0) })),
    )
    .sort((a, b) => b.worth - a.worth);
}

/**
 * How likely the message at each place answers, 0 to 1, against the others: the ranking is fitted to give right ones e^score of the chances. A place
 * has the score that stands there, whichever message was moved to it by its sentences or its speaker. Without the learnt ranking, scores say no more
 * than their order.
 */
function chancesOfPlaces(ranked: readonly MessageChoices[]): number[] {
  const hits = ranked.map(([{ hit }]) => hit).sort((a, b) => b.score - a.score);
  const highest = hits[0]?.score ?? 0;
  return hits.map(({ score, ranks }, place) =>
    ranks.rerank === undefined ? 1 / (1 + place) : Math.exp(score - highest),
  );
}
