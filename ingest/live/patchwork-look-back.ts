import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import type { Patchwork } from './patchwork-api.js';
import { isHeld, readMail, stateOf } from './patchwork-mail.js';
import { rowSchema } from './patchwork-schema.js';

const dayMs = 86_400_000;
/** Patches and covers of so long ago are looked at again. */
const reachMs = 30 * dayMs;

/** Events tell of comments from this version of the API on. */
const tellsComments = '1.3';

/** Whether comments are to be looked for one by one: that costs a request for each mail, so once a day. */
export function areCommentsDue(api: Patchwork, reading: LiveReading, hasEvents: boolean): boolean {
  if (hasEvents && api.version() >= tellsComments) return false;
  return Date.now() - Number(reading.mark('comments') ?? 0) >= dayMs;
}

/**
 * What is new where no events tell: covers and patches since the mark, and what became of those of the last 30 days, by their lists (a request for each
 * hundred); where `comments` says so, the comments on them too.
 */
export async function* lookBack(api: Patchwork, reading: LiveReading, comments: boolean): AsyncGenerator<LiveItem> {
  const began = Date.now();
  for (const what of ['covers', 'patches'] as const) {
    const reach = new Date(began - reachMs).toISOString().slice(0, 19);
    let last = reading.mark(what) ?? '';
    for await (const rows of api.pages(what, { order: 'date', since: last !== '' && last < reach ? last : reach })) {
      for (const row of rows.flatMap((raw) => rowSchema.safeParse(raw).data ?? [])) {
        if (comments || !isHeld(reading, row)) yield* readMail(api, reading, what, row);
        else yield* stateOf(api, row);
        if (row.date > last) last = row.date;
      }
      if (last !== '') yield passed(what, last);
    }
  }
  if (comments) yield passed('comments', String(began));
}
