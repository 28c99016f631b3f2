import { distance } from 'fastest-levenshtein';
import type { Library, SearchFilter } from '../../index/library.js';
import type { Silence } from '../answer.js';
import { formatDay } from './dates.js';
import { personKey } from './person.js';
import { QuestionError } from './query.js';

/** So many names are offered in place of one that is not known. */
const offered = 3;

/** Throws `QuestionError` where a filter can let nothing through whatever the archive holds: a list that it has not, days that cannot be. */
export function checkFilter(library: Pick<Library, 'stats'>, { lists = [], after, before }: SearchFilter): void {
  if (after !== undefined && before !== undefined && after >= before) {
    throw new QuestionError(
      `nothing was said both after ${formatDay(after)} and before ${formatDay(before)}: put the earlier day behind after:`,
    );
  }
  if (lists.length === 0) return;
  const known = library.stats().lists.map(({ list }) => list);
  const held = new Set(known.map((list) => list.toLowerCase()));
  const unknown = lists.find((list) => !held.has(list.toLowerCase()));
  if (unknown === undefined) return;
  throw new QuestionError(
    `the archive has no list ${unknown}: ${known.length === 0 ? 'it has none yet' : `it has ${shortList(known, unknown)}`}`,
  );
}

/** The nearest first, where there are too many to name all. */
function shortList(lists: readonly string[], wanted: string): string {
  if (lists.length <= most) return lists.join(', ');
  const near = [...lists].sort(
    (a, b) => distance(a.toLowerCase(), wanted.toLowerCase()) - distance(b.toLowerCase(), wanted.toLowerCase()),
  );
  return `${near.slice(0, most).join(', ')} and ${lists.length - most} more`;
}

const most = 8;

/** Says why a search found nothing, where it asked for the words of somebody whom the archive does not know. */
export function silenceOf(library: Pick<Library, 'authors' | 'covered'>, { author }: SearchFilter): Silence | null {
  if (author === undefined || library.covered({ author }).messages > 0) return null;
  return { kind: 'unknown-author', name: author, nearest: nearestNames(library.authors('', Infinity), author) };
}

/** The names that a misremembered one may stand for, each in one spelling: each of its words near to one of theirs; of equals, who says most. */
export function nearestNames(names: readonly string[], wanted: string): string[] {
  const asked = personKey(wanted)
    .split(' ')
    .filter((word) => word !== '');
  const distinct = new Map([...names].reverse().map((name) => [personKey(name), name]));
  return names
    .filter((name) => distinct.get(personKey(name)) === name)
    .map((name) => ({ name, far: farness(asked, personKey(name).split(' ')) }))
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far)
    .slice(0, offered)
    .map(({ name }) => name);
}

/** Names further away than this are other names. */
const farthest = 0.5;

/** Mean share, 0 to 1, of the letters of each word that are not those of the nearest word of a name. */
function farness(asked: readonly string[], held: readonly string[]): number {
  const far = asked.map((word) =>
    Math.min(...held.map((other) => distance(word, other) / Math.max(word.length, other.length, 1))),
  );
  return far.length === 0 ? 1 : far.reduce((sum, share) => sum + share, 0) / far.length;
}
