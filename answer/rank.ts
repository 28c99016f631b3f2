import type { Hit, Library } from '../index/library.js';
import type { Asked } from './asked.js';
import { chooseSentences, type Choice } from './quote/choose.js';
import { mostHits } from './hits.js';
import { answersTo } from './question/person.js';
import type { Query } from './question/query.js';

/** More hits than quotes are read for their sentences: some say what another says, and the fit of sentences moves a hit by some places. */
const spare = 4;
/** How much it counts that the question asks for this speaker's words, that the thread is the one at hand, and how well the sentences fit. */
const gains = { asked: 0.35, thread: 0.25, fit: 0.1, fitInSmall: 0.6 };
/** A hit at this place has half the standing of the first. */
const slope = 8;

/** What can be quoted of one message, best first. */
export type MessageChoices = readonly [Choice, ...Choice[]];

/**
 * What can be quoted of each hit. Further down than the first ones, a hit is quoted only where its place says little: among the few messages of
 * a small archive, or where somebody's words or a thread are preferred.
 */
export function choicesOf(
  library: Library,
  asked: Asked,
  hits: readonly Hit[],
  { authorHint, thread, limit }: Query,
): MessageChoices[] {
  const placed = hits.length >= mostHits && authorHint === null && thread === null;
  return hits.slice(0, placed ? limit + spare : hits.length).flatMap((hit) => {
    const message = library.message(hit.passage.messageId);
    const [best, ...more] = message === null ? [] : chooseSentences(asked, hit, message);
    return best === undefined ? [] : [[best, ...more] as const];
  });
}

/** Best first: the place that the search gave a hit, how well its sentences fit, who speaks, and whether it is the thread at hand. */
export function ranked(
  messages: readonly MessageChoices[],
  { authorHint, thread }: Query,
  found: number,
): MessageChoices[] {
  // Less than was asked for is all that shares a word with the question: its order says little, the sentences say more.
  const small = found < mostHits && thread === null;
  const bestFit = Math.max(...messages.map(([{ fit }]) => fit), Number.EPSILON);
  return messages
    .map((choices, place) => {
      const [choice] = choices;
      const speaks = authorHint !== null && answersTo(choice.hit.passage.speaker.name ?? '', authorHint);
      const here = choice.message.rootId === thread;
      const standing = 1 / (1 + place / slope);
      // A message that opens a thread with a question fits that question best, and does not answer it.
      const fitGain = small && !opensAsking(choice) ? gains.fitInSmall : gains.fit;
      const score =
        standing + fitGain * (choice.fit / bestFit) + (speaks ? gains.asked : 0) + (here ? gains.thread : 0);
      return { choices, score };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ choices }) => choices);
}

function opensAsking({ message, hit }: Choice): boolean {
  return message.parentId === null && hit.passage.fields.own.includes('?');
}
