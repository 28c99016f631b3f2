import { messageIdOf } from '../../mail/message-id.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { LiveError } from './live-error.js';
import { eventsSince } from './patchwork-events.js';
import { openPatchwork, type Patchwork } from './patchwork-api.js';
import { areCommentsDue, lookBack } from './patchwork-look-back.js';
import { readMail } from './patchwork-mail.js';
import { rowSchema } from './patchwork-schema.js';

const dayMs = 86_400_000;

/**
 * A Patchwork project by its REST API: at first all covers, patches and series by date with the comments on them, then by its events. Mails are read from
 * `patches/<id>/`, not from the `mbox` that Patchwork offers beside it: that one has the trailers of other people's replies written into the mail.
 * Nothing new costs one request. Servers without events, or whose events tell of no comments, are looked through by date again.
 */
export async function* patchwork(reading: LiveReading): AsyncGenerator<LiveItem> {
  const api = await openPatchwork(reading);
  if (api.mark !== null) yield api.mark;
  if (api.place.item !== null) return yield* oneItem(api, reading, api.place.item);
  if (reading.mark('events') !== null) return yield* whatIsNew(api, reading);
  const began = Date.now();
  for (const what of ['covers', 'patches'] as const) yield* walk(api, reading, what);
  yield* walkSeries(api, reading);
  // Events of the last day are looked at again: what came while this was read is among them.
  yield passed('events', `${iso(began - dayMs)} `);
  yield passed('comments', String(began));
}

async function* whatIsNew(api: Patchwork, reading: LiveReading): AsyncGenerator<LiveItem> {
  const hasEvents = yield* eventsSince(api, reading);
  const comments = areCommentsDue(api, reading, hasEvents);
  if (!hasEvents || comments) yield* lookBack(api, reading, comments);
}

/** Every cover or patch from the mark on, oldest first, page by page. */
async function* walk(api: Patchwork, reading: LiveReading, what: 'covers' | 'patches'): AsyncGenerator<LiveItem> {
  const since = reading.mark(what);
  for await (const rows of api.pages(what, { order: 'date', ...(since === null ? {} : { since }) })) {
    let last: string | null = null;
    for (const raw of rows) {
      const row = rowSchema.safeParse(raw);
      if (!row.success) {
        yield { kind: 'skipped', reason: 'malformed', locator: `${api.place.base}api/${what}` };
        continue;
      }
      yield* readMail(api, reading, what, row.data);
      last = row.data.date;
    }
    if (last !== null) yield passed(what, last);
  }
}

/** Series name the mails that belong to them, those that Patchwork never got too. */
async function* walkSeries(api: Patchwork, reading: LiveReading): AsyncGenerator<LiveItem> {
  const since = reading.mark('series');
  for await (const rows of api.pages('series', { order: 'date', ...(since === null ? {} : { since }) })) {
    yield* api.items(rows);
    const last = rowSchema.pick({ date: true }).safeParse(rows.at(-1));
    if (last.success) yield passed('series', last.data.date);
  }
}

/** The patch or cover letter that a page's URL names: by Message-ID, or by number as old URLs do. */
async function* oneItem(
  api: Patchwork,
  reading: LiveReading,
  { kind, name }: { kind: 'covers' | 'patches'; name: string },
): AsyncGenerator<LiveItem> {
  if (/^\d+$/.test(name)) return yield* readMail(api, reading, kind, { id: Number(name), msgid: '' });
  const msgid = name.replace(/^<|>$/g, '');
  for await (const rows of api.pages(kind, { msgid })) {
    // A server that cannot look for Message-IDs gives the first of all.
    const row = rowSchema.safeParse(rows[0]).data;
    if (row !== undefined && messageIdOf(row.msgid) === messageIdOf(msgid))
      return yield* readMail(api, reading, kind, row);
    break;
  }
  throw new LiveError('missing', `${reading.url.href}: Patchwork knows no such mail; check the Message-ID`);
}

function iso(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}
