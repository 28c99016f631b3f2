import type { Message } from '../mail/message.js';
import { textAt } from '../mail/span.js';
import { normaliseSubject } from '../mail/subject.js';
import { HELD, ownRows, rowsOf, sentAfter, type FateExample } from './attribution-figures.js';

/** Fewer rows of words than this (eight words) stand in other threads by chance: greetings, footers, lines of a log. */
const LEAST_ROWS = 4;

interface Sought {
  readonly example: FateExample;
  readonly rows: ReadonlySet<string>;
  /** How many of the rows each message of another thread holds. */
  readonly held: Map<Message, number>;
}

/**
 * Looks for the quoted runs that their own thread does not hold in the rest of the archive. Gives all runs again, those that were found with
 * their new fate. `threadOf` names the thread of a message.
 */
export function lookElsewhere(
  found: readonly FateExample[],
  messages: Iterable<Message>,
  threadOf: (message: Message) => string,
): FateExample[] {
  const sought = new Map<FateExample, Sought>();
  const byRow = new Map<string, Sought[]>();
  for (const example of found.filter(({ fate }) => fate.startsWith('missing'))) {
    const rows = new Set(rowsOf(textAt(example.message.text, example.block.lines)));
    const one = { example, rows, held: new Map<Message, number>() };
    sought.set(example, one);
    for (const row of rows) byRow.set(row, [...(byRow.get(row) ?? []), one]);
  }
  for (const message of messages) {
    for (const row of new Set(ownRows(message))) {
      for (const { example, held } of byRow.get(row) ?? []) {
        const elsewhere = threadOf(message) !== threadOf(example.message) && !sentAfter(message, example.message);
        if (elsewhere) held.set(message, (held.get(message) ?? 0) + 1);
      }
    }
  }
  return found.map((example) => {
    const one = sought.get(example);
    return one === undefined ? example : placed(one);
  });
}

function placed({ example, rows, held }: Sought): FateExample {
  const [best, count] = [...held].reduce((most, one) => (one[1] > most[1] ? one : most), [null as Message | null, 0]);
  const share = count / rows.size;
  if (best === null || rows.size < LEAST_ROWS || share < HELD) return example;
  const sameSubject = normaliseSubject(best.subject) === normaliseSubject(example.message.subject);
  return { ...example, best, share, fate: sameSubject ? 'in another thread of its subject' : 'in another thread' };
}
