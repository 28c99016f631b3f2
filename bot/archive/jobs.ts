import { ask } from '../../answer/ask.js';
import type { Answer, Quote } from '../../answer/answer.js';
import { cite, citeWords, type Citation } from '../../answer/cite.js';
import type { AskRequest } from '../../answer/question/request.js';
import { threadView, type ThreadView } from '../../answer/thread-view.js';
import { passageInContext, type PassageContext, type QuotePlace } from '../../answer/passage-context.js';
import { verifyAgain } from '../../answer/quote/verify.js';
import type { Library, LibraryStats } from '../../index/library.js';
import { assertNever } from '../../mail/assert-never.js';

/** What the bot asks of the archive. Everything is plain data, so that it can be answered on another thread. */
export type Job =
  | { readonly kind: 'ask'; readonly request: AskRequest }
  | { readonly kind: 'cite'; readonly reference: string }
  | { readonly kind: 'context'; readonly quote: QuotePlace }
  | { readonly kind: 'verify'; readonly quotes: readonly Quote[] }
  | { readonly kind: 'thread'; readonly reference: string }
  | { readonly kind: 'authors'; readonly prefix: string; readonly limit: number }
  | { readonly kind: 'subjects'; readonly words: string; readonly limit: number }
  | { readonly kind: 'stats' };

/** What jobs give, by kind. */
export interface Results {
  readonly ask: { readonly answer: Answer; readonly rejected: number };
  readonly cite: readonly Citation[];
  /** Null where the message is gone. */
  readonly context: PassageContext | null;
  /** Those that still stand. */
  readonly verify: readonly Quote[];
  readonly thread: ThreadView | null;
  readonly authors: readonly string[];
  readonly subjects: readonly Citation[];
  readonly stats: LibraryStats;
}

/** Answers one job from the library. Throws what `answer/` throws: `QuestionError`, and the index's own errors. */
export async function answerJob(library: Library, job: Job): Promise<Results[Job['kind']]> {
  switch (job.kind) {
    case 'ask': {
      let rejected = 0;
      const answer = await ask(library, job.request, { onRejected: () => (rejected += 1) });
      return { answer, rejected };
    }
    case 'cite':
      return cite(library, job.reference);
    case 'context':
      return passageInContext(library, job.quote);
    case 'verify':
      return job.quotes.flatMap((quote) => {
        const verdict = verifyAgain(library, quote);
        return verdict.kind === 'verified' ? [verdict.quote] : [];
      });
    case 'thread':
      return threadView(library, job.reference);
    case 'authors':
      return library.authors(job.prefix, job.limit);
    case 'subjects':
      return citeWords(library, job.words, job.limit);
    case 'stats':
      return library.stats();
    default:
      return assertNever(job);
  }
}
