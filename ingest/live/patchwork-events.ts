import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import type { Patchwork } from './patchwork-api.js';
import { readMail, stateOf } from './patchwork-mail.js';
import { eventSchema, type Event } from './patchwork-schema.js';

/** So many events are held at most, where a server gives the newest first. */
const mostHeld = 200_000;

/**
 * What happened in a project since the mark, oldest first: new patches and covers, comments, states. `since` includes its own second, so that the mark
 * also names the events of that second that were seen: `2026-01-20T19:15:45 17,18`. False where the server offers no events.
 */
export async function* eventsSince(api: Patchwork, reading: LiveReading): AsyncGenerator<LiveItem, boolean> {
  const [since = '', ids = ''] = (reading.mark('events') ?? '').split(' ');
  const mark = { date: since, ids: new Set(ids.split(',').filter((id) => id !== '')) };
  const pages = api.pages('events', { order: 'date', since });
  const first = await pages.next().catch((error: unknown) => {
    if (error instanceof LiveError && error.fault === 'missing') return null;
    throw error;
  });
  if (first === null) return false;
  if (first.done === true) return true;
  for await (const event of oldestFirst(eventsIn(first.value), pages, reading.url)) {
    if (event.date === mark.date && mark.ids.has(String(event.id))) continue;
    yield* happened(event, api, reading);
    if (event.date !== mark.date) mark.ids.clear();
    mark.date = event.date;
    mark.ids.add(String(event.id));
    yield passed('events', `${mark.date} ${[...mark.ids].join(',')}`);
  }
  return true;
}

/** Older Patchworks give the newest first, whatever order is asked for: a mark could then not say how far they were read. */
async function* oldestFirst(
  first: readonly Event[],
  pages: AsyncIterable<readonly unknown[]>,
  url: URL,
): AsyncGenerator<Event> {
  const isInOrder = first.every((event, at) => at === 0 || !isBefore(event, first[at - 1] ?? event));
  if (isInOrder) {
    yield* first;
    for await (const rows of pages) yield* eventsIn(rows);
    return;
  }
  const held = [...first];
  for await (const rows of pages) {
    held.push(...eventsIn(rows));
    if (held.length > mostHeld)
      throw new LiveError(
        'too-large',
        `${url.host} has more than ${mostHeld} events that are new; read it with --full`,
      );
  }
  yield* held.sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

function isBefore(one: Event, other: Event): boolean {
  return one.date === other.date ? one.id < other.id : one.date < other.date;
}

function eventsIn(rows: readonly unknown[]): Event[] {
  return rows.flatMap((row) => eventSchema.safeParse(row).data ?? []);
}

async function* happened(
  { category, date, payload }: Event,
  api: Patchwork,
  reading: LiveReading,
): AsyncGenerator<LiveItem> {
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
      if (patch != null) yield* stateOf(api, { ...patch, state }, date);
      return;
    case 'series-completed':
      if (series != null) yield* (await api.answer(`series/${series.id}/`)).items();
      return;
    default:
      // Checks, delegations and relations say nothing that a message would.
      return;
  }
}
