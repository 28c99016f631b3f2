import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallestFitted } from '../../answer/silence/confidence.js';
import { buildIndex } from '../../ingest/build-index.js';
import { Intake } from '../../ingest/intake.js';
import type { Library, LibraryMessage } from '../../index/library.js';
import { openLibrary } from '../../index/open.js';
import type { LinearModel } from '../../index/rerank/linear.js';
import type { Question } from '../questions.js';

/** Messages of a small archive: a thread or two, a few weeks of a quiet list, some months of it. */
export const smallSizes: readonly number[] = [smallestFitted, 60, 180];
/** So many archives of each size are cut of one list: the smallest hold one or two of its answers. */
const CUTS = 6;
/** So much of an archive may be the threads that answer: the rest is of threads as they come. */
const ANSWERING = 0.6;

/** An archive cut of a larger one, opened. */
export interface SmallArchive {
  readonly size: number;
  readonly library: Library;
}

/**
 * Archives of whole threads of a list, each with answers to some of `questions`: what is asked of a list of which the archive holds a part is
 * answered by few of them. The same every time. Each is gone when the next one is asked for.
 *
 * @param model ranks in them: one that was not fitted on the questions.
 */
export async function* smallArchives(
  library: Library,
  questions: readonly Question[],
  model: LinearModel,
): AsyncGenerator<SmallArchive> {
  const threads = threadsOf(library);
  const answering = questions.flatMap(({ gold }) => gold.slice(0, 1).flatMap((id) => threads.ofMessage.get(id) ?? []));
  for (const size of smallSizes) {
    for (let cut = 0; cut < CUTS; cut++) {
      const shuffled = (roots: Iterable<string>): string[] => inOrderOf(roots, `${size} ${cut}`);
      const right = fitting(threads.byRoot, shuffled(answering), size * ANSWERING);
      const roots = fitting(threads.byRoot, [...right, ...shuffled(threads.byRoot.keys())], size);
      const messages = roots.flatMap((root) => threads.byRoot.get(root) ?? []);
      const folder = mkdtempSync(join(tmpdir(), 'threadlore-small-'));
      try {
        yield* built(folder, messages, size, model);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
}

async function* built(
  dataDir: string,
  messages: readonly LibraryMessage[],
  size: number,
  model: LinearModel,
): AsyncGenerator<SmallArchive> {
  await buildIndex('present', { dataDir }, async ({ writer, stages, tally }) => {
    const intake = new Intake(writer, stages, tally, () => undefined);
    for (const message of messages) {
      const origin = message.origins[0] ?? { source: 'cut', list: 'cut', locator: message.messageId };
      const raw = { origin, content: { kind: 'fields', fields: message } } as const;
      await intake.take({ source: origin.source, item: { kind: 'message', message: raw } });
    }
    await intake.finish();
  });
  const library = await openLibrary(dataDir, { ranking: { model } });
  try {
    yield { size, library };
  } finally {
    library.close();
  }
}

interface Threads {
  readonly byRoot: ReadonlyMap<string, readonly LibraryMessage[]>;
  readonly ofMessage: ReadonlyMap<string, string>;
}

function threadsOf(library: Library): Threads {
  const byRoot = new Map<string, LibraryMessage[]>();
  const ofMessage = new Map<string, string>();
  for (const message of library.everyMessage()) {
    byRoot.set(message.rootId, [...(byRoot.get(message.rootId) ?? []), message]);
    ofMessage.set(message.messageId, message.rootId);
  }
  return { byRoot, ofMessage };
}

/** Threads in turn, those left out that would make it more than so many messages; each once. */
function fitting(byRoot: Threads['byRoot'], roots: readonly string[], most: number): string[] {
  const taken = new Set<string>();
  let messages = 0;
  for (const root of roots) {
    const length = byRoot.get(root)?.length ?? 0;
    if (taken.has(root) || messages + length > most) continue;
    taken.add(root);
    messages += length;
  }
  return [...taken];
}

/** In an order of chance that is the same for the same seed. */
function inOrderOf(names: Iterable<string>, seed: string): string[] {
  const places = [...new Set(names)].map((name) => ({ name, place: sha256(`${seed} ${name}`) }));
  return places.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ name }) => name);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
