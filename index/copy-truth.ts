import type { Library, LibraryWriter } from './library.js';
import { storeOf } from './open.js';

const BATCH = 500;

/** Copies what cannot be computed again (messages, origins, sightings, patch states, marks, sync notes); all of it is left to be woven. */
export function copyTruth(from: Library, to: LibraryWriter, onProgress?: (done: number, total: number) => void): void {
  const { db, messages, sightings, patchStates } = storeOf(from);
  const total = db.prepare<[], number>('SELECT count(*) FROM message').pluck().get() ?? 0;
  let done = 0;
  for (let page = messages.page(0, BATCH); page.length > 0; page = messages.page(page.at(-1) ?? 0, BATCH)) {
    to.transaction(() => {
      for (const number of page) {
        const message = messages.load(number);
        if (message !== null) to.put(message);
      }
    });
    done += page.length;
    onProgress?.(done, total);
  }
  to.transaction(() => {
    to.putSightings(sightings.everySighting());
    for (const { messageId, ...state } of patchStates.every()) to.putPatchState(messageId, state);
    const marks = db.prepare<[], { source: string; part: string; value: string }>(
      'SELECT source, part, value FROM mark',
    );
    for (const { source, part, value } of marks.all()) to.setMark(source, part, value);
    const syncs = db.prepare<[], { source: string; at: number; error: string | null }>(
      'SELECT source, at, error FROM sync',
    );
    for (const { source, at, error } of syncs.all()) to.noteSync(source, at, error);
  });
}
