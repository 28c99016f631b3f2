import type { Topic } from './topic.js';

/** A question with what narrows it, as a command line, a slash command or a mention gives it. */
export interface AskRequest {
  /** May hold filters of its own: `list:linux-mm after:2019-01-01 from:"Dan Williams"`. */
  readonly question: string;
  readonly lists?: readonly string[];
  readonly author?: string;
  /** Milliseconds since 1970, included. */
  readonly after?: number;
  /** Milliseconds since 1970, excluded. */
  readonly before?: number;
  /** How many quotes at most; 5 unless told. */
  readonly limit?: number;
  /** The questions before this one in the same conversation, the earliest first, for "and what did Andrew say to that?". */
  readonly afterQuestion?: string | readonly string[];
  /** What the answer before this question handed on: instead of asking the questions before once more. */
  readonly topic?: Topic;
}
