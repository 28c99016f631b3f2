import { setTimeout as sleep } from 'node:timers/promises';
import type { Board, PostedNotice } from './board.js';
import type { Outcome } from './child.js';
import type { Run } from './running.js';

/** How often the board is read for a run of another process. */
const lookMs = 500;

/** A re-index of another of the bot's processes, as the board tells of it. `leaving`: this process ends, the run goes on. */
export function watchElsewhere(board: Board, posted: PostedNotice, leaving: AbortSignal): Run {
  const { number } = posted;
  let last = posted;
  let ended: Promise<Outcome> | null = null;
  const now = (): PostedNotice => {
    const current = board.running();
    if (current?.number === number) last = current;
    return last;
  };
  return {
    ...posted,
    progress: () => now().progress,
    /** Watched from the first time that somebody asks. */
    get ended() {
      return (ended ??= untilEnded(board, number, leaving));
    },
    cancel: () => board.askToCancel(number),
    get cancelling() {
      return now().cancelling;
    },
  };
}

async function untilEnded(board: Board, number: number, leaving: AbortSignal): Promise<Outcome> {
  while (!leaving.aborted) {
    const outcome = board.outcome(number);
    if (outcome !== null) return outcome;
    if (board.running()?.number !== number) {
      // It may have ended between the two looks.
      const message = 'the process of the bot that ran it ended without a word';
      return board.outcome(number) ?? { kind: 'failed', name: 'Error', message };
    }
    await sleep(lookMs, null, { signal: leaving, ref: false }).catch(() => undefined);
  }
  return { kind: 'out-of-sight' };
}
