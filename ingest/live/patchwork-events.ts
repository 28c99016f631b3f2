import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import type { Patchwork } from './patchwork-api.js';
import { readMail, stateOf } from './patchwork-mail.js';
import { eventSchema, type Event } from './patchwork-schema.js';

/**
 * What happened in a project since the mark, oldest first: new patches and covers, comments, states. `since` includes its own second, so that the mark
 * also names the events of that second that were seen: `2026-01-20T19:15:45 17,18`.
 */
export async function* eventsSince(api: Patchwork, reading: LiveReading): AsyncGenerator<LiveItem> {
  const [since = '', ids = ''] = (reading.mark('events') ?? '').split(' ');
  const mark = { date: since, ids: new Set(ids.split(',').filter((id) => id !== '')) };
  for await (const rows of api.pages('events', { order: 'date', since })) {
    for (const event of rows.flatMap((row) => eventSchema.safeParse(row).data ?? [])) {
      if (event.date === mark.date && mark.ids.has(String(event.id))) continue;
      yield* happened(event, api, reading);
      if (event.date !== mark.date) mark.ids.clear();
      mark.date = event.date;
      mark.ids.add(String(event.id));
      yield passed('events', `${mark.date} ${[...mark.ids].join(',')}`);
    }
  }
}

async function* happened({ category, payload }: Event, api: Patchwork, reading: LiveReading): AsyncGenerator<LiveItem> {
  const { patch, cover, series, current_state: state } = payload;
  switch (category) {
    case 'patch-created':
    case 'patch-comment-created':
      if (patch != null) yield* readMail(api, reading, 'patches', patch);
      return;
    case 'cover-created':
    case 'cover-comment-created':
      if (cover != null) yield* readMail(api, reading, 'covers', cover);
      return;
    case 'patch-state-changed':
      if (patch != null && state != null) yield stateOf(patch.msgid, state);
      return;
    case 'series-completed':
      if (series != null) yield* api.read(`series/${series.id}/`);
      return;
    default:
      // Checks, delegations and relations say nothing that a message would.
      return;
  }
}
