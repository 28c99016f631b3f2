import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageIdToPath, type MessageId } from '../../mail/message-id.js';
import { openArchiveFile } from '../archive-file.js';
import { publicInboxAtom } from '../readers/public-inbox-atom.js';
import { fetchedFile, idOfMail, itemsIn, shownAt } from './items.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { inboxBase, inboxName } from './public-inbox-git.js';

/** What a URL of a public-inbox server names. */
type Place =
  | { readonly kind: 'inbox'; readonly base: string; readonly list: string | null }
  | { readonly kind: 'thread'; readonly base: string; readonly list: string | null; readonly id: string }
  | { readonly kind: 'search'; readonly base: string; readonly list: string | null; readonly query: string };

/** A search goes on two days before the last one: servers index mail late, and days are as fine as their dates are. */
const overlapMs = 2 * 86_400_000;

/**
 * A public-inbox by its pages: a thread or message (`t.mbox.gz`), a search (`x=m`), or a whole inbox: first `all.mbox.gz`, then by `new.atom` with
 * `raw` for each message that is not held. Where the feed does not reach back to the last sync, the gap is filled by a search on the time of arrival.
 */
export async function* publicInboxHttp(reading: LiveReading): AsyncGenerator<LiveItem> {
  const place = placeOf(reading.url);
  switch (place.kind) {
    case 'thread':
      return yield* readWhole(reading, place, new URL(`${place.base}${place.id}/t.mbox.gz`), 'thread');
    case 'search':
      return yield* readSearch(reading, place);
    case 'inbox':
      return yield* readInbox(reading, place);
  }
}

function placeOf(url: URL): Place {
  const query = url.searchParams.get('q');
  if (query !== null) return { kind: 'search', base: inboxBase(url), list: inboxName(url), query };
  const path = url.pathname.split('/');
  const at = path.findIndex((segment) => /@|%40/i.test(segment));
  if (at < 1) return { kind: 'inbox', base: inboxBase(url), list: inboxName(url) };
  const inbox = new URL(`${path.slice(0, at).join('/')}/`, url);
  return { kind: 'thread', base: inbox.href, list: inboxName(inbox), id: path[at] ?? '' };
}

async function* readInbox(reading: LiveReading, place: Place): AsyncGenerator<LiveItem> {
  const { signal, http } = reading;
  const feed = await http.get(new URL('new.atom', place.base), { signal, accept: 'application/atom+xml' });
  if (feed.kind === 'unchanged') return;
  const hash = hashOf(feed.octets);
  if (reading.mark('feed') === hash) return;
  const began = Date.now();
  const ids = await idsIn(feed.octets, feed.url, reading);
  const unheld = ids.filter((id) => !reading.holds(id));
  if (reading.mark('since') === null) yield* readWhole(reading, place, new URL('all.mbox.gz', place.base), 'all');
  else if (ids.length > 0 && unheld.length === ids.length) yield* fillGap(reading, place, ids);
  else for (const id of unheld) yield* readRaw(reading, place, id);
  yield passed('since', String(began));
  yield passed('feed', hash);
}

async function idsIn(octets: Buffer, url: URL, { source }: LiveReading): Promise<MessageId[]> {
  const file = fetchedFile(octets, url, source, null);
  if (!publicInboxAtom.detects(file.head, file.path))
    throw new LiveError('challenge', `${url.href} is no feed of a public-inbox; look at it in a browser`);
  const ids: MessageId[] = [];
  for await (const item of publicInboxAtom.read(file)) {
    if (item.kind !== 'message' || item.message.content.kind !== 'fields') continue;
    const { messageId } = item.message.content.fields;
    if (messageId !== null) ids.unshift(messageId);
  }
  return ids;
}

async function* readRaw(reading: LiveReading, place: Place, id: MessageId): AsyncGenerator<LiveItem> {
  const url = new URL(`${place.base}${messageIdToPath(id)}/raw`);
  const answer = await reading.http.get(url, { signal: reading.signal });
  if (answer.kind === 'fetched') yield* fetchedItems(reading, place, answer.octets, url);
}

/**
 * More came since the last sync than the feed shows. A server's search may lag behind its feed (or be missing): where it does not know all that the
 * feed shows, the inbox is fetched as a whole; nothing of it is doubled.
 */
async function* fillGap(reading: LiveReading, place: Place, ids: readonly MessageId[]): AsyncGenerator<LiveItem> {
  const since = new Date(Number(reading.mark('since')) - overlapMs);
  const found = await search(reading, place, `rt:${dayOf(since)}..`);
  const missing = new Set<string>(ids);
  if (found !== null) {
    for await (const item of fetchedItems(reading, place, found.octets, found.url)) {
      if (item.kind === 'message') missing.delete(idOfMail(item.message) ?? '');
      yield item;
    }
  }
  if (missing.size > 0) yield* readWhole(reading, place, new URL('all.mbox.gz', place.base), 'all');
}

async function* readSearch(reading: LiveReading, place: Place & { kind: 'search' }): AsyncGenerator<LiveItem> {
  const began = Date.now();
  const since = reading.mark('since');
  const newer = since === null ? '' : ` rt:${dayOf(new Date(Number(since) - overlapMs))}..`;
  const found = await search(reading, place, newer === '' ? place.query : `(${place.query})${newer}`);
  if (found !== null) yield* fetchedItems(reading, place, found.octets, found.url);
  yield passed('since', String(began));
}

/** Messages that match, as an mbox; null where there are none, or the server cannot search. */
async function search(
  { http, signal }: LiveReading,
  { base }: Place,
  query: string,
): Promise<{ octets: Buffer; url: URL } | null> {
  const url = new URL(base);
  url.searchParams.set('q', query);
  url.searchParams.set('x', 'm');
  try {
    const answer = await http.get(url, { signal, method: 'POST' });
    return answer.kind === 'fetched' && answer.octets[0] === 0x1f ? answer : null;
  } catch (error) {
    if (error instanceof LiveError && error.fault === 'missing') return null;
    throw error;
  }
}

async function* fetchedItems(reading: LiveReading, place: Place, octets: Buffer, url: URL): AsyncGenerator<LiveItem> {
  const file = fetchedFile(octets, url, reading.source, reading.list ?? place.list);
  for await (const item of itemsIn(file, url)) yield shownAt(item, place.base);
}

/** Fetches an mbox into a file, and reads it unless it is the same as last time. */
async function* readWhole(reading: LiveReading, place: Place, url: URL, part: string): AsyncGenerator<LiveItem> {
  const path = join(await reading.folder(), `${part}.mbox.gz`);
  try {
    await reading.http.download(url, path, { signal: reading.signal });
    const hash = await hashOfFile(path);
    if (reading.mark(part) === hash) return;
    const opened = await openArchiveFile(path, { source: reading.source, list: reading.list ?? place.list });
    const file = { ...opened, path: `${url.origin}${url.pathname}` };
    for await (const item of itemsIn(file, url)) yield shownAt(item, place.base);
    yield passed(part, hash);
  } finally {
    await rm(path, { force: true });
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}

function hashOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex').slice(0, 32);
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex').slice(0, 32);
}
