import type { Hit, Library } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import { displayName } from '../../mail/mailbox.js';
import type { Silence } from '../answer.js';
import { mostHits } from '../hits.js';
import { knownAuthor } from './names.js';
import { answersTo } from './person.js';
import type { Query } from './query.js';
import { subjectOf } from '../words.js';

/** Whose words a follow-up asks for, of those who speak in the conversation at hand. */
export type Voice =
  /** It names nobody who could be meant. */
  | { readonly kind: 'none' }
  /** What is said there under the name, best first; nothing where the archive holds no words of theirs that could be quoted. */
  | { readonly kind: 'heard'; readonly speaker: string; readonly thread: MessageId; readonly hits: readonly Hit[] }
  /** The archive knows the name, and these threads do not. */
  | { readonly kind: 'unheard'; readonly silence: Silence };

export const nobody: Voice = { kind: 'none' };

/** Each name is a search in each thread: nobody asks for the words of more people at once, and a list of hundreds would keep others waiting. */
const mostNames = 12;

/**
 * Finds whom a question names among those who speak in `threads`, the likeliest thread first. An archive has many Andrews, and the one who
 * writes most is seldom the one of this thread: a single name is looked for here alone, a full one stands for somebody anywhere. `person` is
 * whom `he` or `she` means where the question says so: somebody of the thread at hand.
 */
export async function voiceInThread(
  library: Library,
  query: Query,
  threads: readonly MessageId[],
  person: string | null,
): Promise<Voice> {
  const { names, filter } = query;
  if (filter.author !== undefined) return nobody;
  const asked = [...new Set([...names.full, ...names.alone, ...names.mentioned])].slice(0, mostNames);
  for (const name of asked)
    for (const thread of threads) {
      const heard = await heardIn(library, query, name, thread);
      if (heard !== null) return heard;
    }
  const missed = names.alone.find((name) => knownAuthor(library, name) !== null);
  const [thread] = threads;
  if (thread === undefined) return nobody;
  if (missed === undefined) return (person === null ? null : await heardIn(library, query, person, thread)) ?? nobody;
  return { kind: 'unheard', silence: { kind: 'not-in-thread', name: missed, subject: subjectIn(library, thread) } };
}

async function heardIn(library: Library, query: Query, name: string, thread: MessageId): Promise<Voice | null> {
  const filter = { ...query.filter, author: name, thread };
  const found = await library.search({ question: query.text, filter, limit: mostHits });
  // A filter matches addresses too: another Andrew may write from andrew@.
  const hits = found.filter(({ passage }) => answersTo(displayName(passage.speaker), name));
  const [best] = hits;
  if (best !== undefined) return { kind: 'heard', speaker: displayName(best.passage.speaker), thread, hits };
  const members = library.thread(thread)?.members ?? [];
  const silent = members.find(({ author }) => author !== null && answersTo(author, name))?.author;
  return silent === undefined || silent === null ? null : { kind: 'heard', speaker: silent, thread, hits: [] };
}

function subjectIn(library: Library, thread: MessageId): string {
  const root = library.message(thread);
  return (
    (root === null ? library.thread(thread)?.members.find(({ subject }) => subject)?.subject : subjectOf(root)) ?? ''
  );
}
