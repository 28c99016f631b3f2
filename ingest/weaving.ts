import type { MessageId } from '../mail/message-id.js';
import { embeddedText } from '../index/embedder.js';
import type { LibraryWriter, WovenThread } from '../index/library.js';
import { repairedMessages } from './addresses.js';
import type { OnProgress } from './progress.js';
import type { Stages } from './stages.js';
import { withoutBlocks } from './unlabelled.js';

/** So many messages' threads are woven at once: threads stay whole, so a batch is often larger. */
const BATCH = 250;
/** Batches under way: one on each worker, one being read, one being written. */
const UNDER_WAY = 4;

/**
 * Weaves all that `unwoven` lists: builds threads, resolves quotes, cuts, embeds and stores passages. A kill loses batches that are under way,
 * no more. Weaving can part a thread that was one, and leave a message of it to be woven: then there is another round.
 */
export async function weaveAll(
  writer: LibraryWriter,
  stages: Stages,
  onProgress: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  let before = Infinity;
  for (let ids = writer.unwoven(); ids.size > 0 && ids.size < before; ids = writer.unwoven()) {
    before = ids.size;
    await weaveRound(ids, writer, stages, onProgress, signal);
  }
}

async function weaveRound(
  ids: ReadonlySet<MessageId>,
  writer: LibraryWriter,
  stages: Stages,
  onProgress: OnProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const todo = new Set(ids);
  const total = todo.size;
  const underWay = new Set<Promise<void>>();
  try {
    while (todo.size > 0) {
      signal?.throwIfAborted();
      const batch = weaveBatch(writer, stages, take(todo)).then(() => {
        underWay.delete(batch);
        onProgress?.({ stage: 'weaving', done: total - todo.size, total });
      });
      underWay.add(batch);
      if (underWay.size >= UNDER_WAY) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } finally {
    // After a failure the others still write: the library must not be closed before they are done.
    await Promise.allSettled(underWay);
  }

  function take(from: Set<MessageId>): ReturnType<LibraryWriter['connected']> {
    const ids = new Set<MessageId>();
    for (const id of from) {
      ids.add(id);
      if (ids.size >= BATCH) break;
    }
    const connected = writer.connected(ids);
    for (const id of ids) from.delete(id);
    for (const { messageId } of connected.messages) from.delete(messageId);
    for (const { messageId } of connected.sightings) from.delete(messageId);
    return connected;
  }
}

async function weaveBatch(
  writer: LibraryWriter,
  stages: Stages,
  { messages, sightings }: ReturnType<LibraryWriter['connected']>,
): Promise<void> {
  const threads = await stages.weave(messages.map(withoutBlocks), sightings);
  const vectors = await vectorsOf(writer, stages, threads);
  writer.transaction(() => {
    for (const message of repairedMessages(messages, sightings)) writer.put(message);
    writer.weave(threads, vectors);
  });
}

/** One vector per passage, in order. Equal texts, and those that the library embedded before, are embedded once. */
async function vectorsOf(
  writer: LibraryWriter,
  stages: Stages,
  threads: readonly WovenThread[],
): Promise<Float32Array[]> {
  const texts = threads.flatMap(({ members }) =>
    members.flatMap(({ passages }) => passages.map(({ fields }) => embeddedText(fields))),
  );
  const distinct = [...new Set(texts)];
  const known = writer.knownVectors(distinct);
  const unknown = distinct.filter((_, at) => known[at] === null);
  const made = unknown.length > 0 ? await stages.embed(unknown) : [];
  const byText = new Map<string, Float32Array>();
  distinct.forEach((text, at) => {
    const vector = known[at];
    if (vector) byText.set(text, vector);
  });
  unknown.forEach((text, at) => {
    const vector = made[at];
    if (vector) byText.set(text, vector);
  });
  return texts.map((text) => byText.get(text) as Float32Array);
}
