import type { Hit, Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import type { MessageId } from '../mail/message-id.js';
import type { Quote, Silence } from './answer.js';
import { askedOf, type Asked } from './asked.js';
import { hitsFor } from './hits.js';
import { silenceOf } from './question/narrowing.js';
import type { Query } from './question/query.js';
import { shownIn, threadsOf, type Shown, type Topic } from './question/topic.js';
import type { Choice } from './quote/choose.js';
import { quotesOf } from './quote/shown.js';
import type { QuoteDraft, Rejection } from './quote/verify.js';
import { choicesOf, ranked } from './rank.js';
import { confidence, leastConfidence } from './silence/confidence.js';
import { evidenceOf, type Evidence } from './silence/evidence.js';
import { messagesOf } from './silence/searched.js';

/** What the caller may want to hear of besides the answer. */
export interface AskOptions {
  /** A quote that the gate held back: the store is damaged, or a passage was cut wrongly. */
  readonly onRejected?: (draft: QuoteDraft, reason: Rejection) => void;
  /** Answer however unsure: for measuring rankings that confidence is not fitted on. */
  readonly everUnsure?: boolean;
}

/** What a search for a query came to. */
export interface Outcome {
  readonly query: Query;
  readonly quotes: readonly Quote[];
  /** How likely the quotes answer. */
  readonly sure: number;
  /** Where to read on: messages, best first. */
  readonly near: readonly MessageId[];
  /** Why there are no quotes, where that is known. */
  readonly silence: Silence | null;
  /** What a question after this one may lean on; null where nothing was asked yet. */
  readonly topic: Topic | null;
}

/** Whether so sure is sure enough. */
export function isSure(sure: number, { everUnsure = false }: AskOptions): boolean {
  return sure >= leastConfidence || everUnsure;
}

export function answers({ quotes, sure }: Outcome, options: AskOptions): boolean {
  return quotes.length > 0 && isSure(sure, options);
}

interface Search {
  readonly hits: readonly Hit[];
  readonly asked: Asked;
  /** Null where nothing was found. */
  readonly evidence: Evidence | null;
}

/** What a query finds, messages that were set `aside` left out, and what speaks for an answer being among it. */
export async function searchFor(library: Library, query: Query, aside: readonly Shown[] = []): Promise<Search> {
  const without = new Set(aside.map(({ holderId }) => holderId));
  const hits = (await hitsFor(library, query)).filter(({ passage }) => !without.has(passage.messageId));
  const asked = askedOf(query.text, hits, query.authorHint, await openWordVectors());
  return { hits, asked, evidence: evidenceOf(asked, hits, (stem) => library.weightOf(stem)) };
}

/** Searches all that a query's filter lets through, but for the messages that hold what is left aside. */
export async function found(
  library: Library,
  query: Query,
  options: AskOptions,
  aside: readonly Shown[] = [],
): Promise<Outcome & { readonly topic: Topic }> {
  const { text, filter } = query;
  const { hits, asked, evidence } = await searchFor(library, query, aside);
  const quotes = quoted(library, asked, hits, query, options);
  const sure = evidence === null ? 0 : confidence(evidence, messagesOf(library, filter));
  const near = hits.map(({ passage }) => passage.messageId);
  const topic = { text, filter, threads: threadsOf(library, quotes, near[0] ?? null), sure, ...shownIn(quotes) };
  return { query, quotes, near, sure, silence: hits.length > 0 ? null : silenceOf(library, filter), topic };
}

/** What is quoted of hits; `mayShow` leaves out choices. */
export function quoted(
  library: Library,
  asked: Asked,
  hits: readonly Hit[],
  query: Query,
  { onRejected }: AskOptions,
  mayShow: (choice: Choice) => boolean = () => true,
): Quote[] {
  const choices = choicesOf(library, asked, hits, query).flatMap((all) => {
    const [best, ...more] = all.filter(mayShow);
    return best === undefined ? [] : [[best, ...more] as const];
  });
  return quotesOf(library, ranked(choices, query, hits.length), query.limit, onRejected);
}
