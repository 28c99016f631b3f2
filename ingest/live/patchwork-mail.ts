import { messageIdOf } from '../../mail/message-id.js';
import { absolute } from '../readers/page-patchwork-place.js';
import type { LiveItem, LiveReading } from './live-reader.js';
import type { Patchwork } from './patchwork-api.js';
import { rowSchema, type Row } from './patchwork-schema.js';

/** What is known of a mail before it is read: a row of a list, or what an event names. */
export type Named = Pick<Row, 'id' | 'msgid' | 'state' | 'web_url'>;

/** A patch or cover letter, unless it is held, the comments on it, and a patch's state. */
export async function* readMail(
  api: Patchwork,
  reading: LiveReading,
  what: 'covers' | 'patches',
  named: Named,
): AsyncGenerator<LiveItem> {
  let said = named;
  if (!isHeld(reading, named)) {
    const mail = await api.answer(`${what}/${named.id}/`);
    yield* mail.items();
    said = rowSchema.safeParse(mail.json).data ?? named;
  }
  yield* (await api.answer(`${what}/${named.id}/comments/`)).items();
  yield* stateOf(api, said);
}

export function isHeld(reading: LiveReading, { msgid }: Pick<Named, 'msgid'>): boolean {
  const messageId = messageIdOf(msgid);
  return messageId !== null && reading.holds(messageId);
}

/** A patch's state (`accepted`, `rejected` …) with its page; cover letters have none. `date` is UTC, without a zone, where it is told. */
export function* stateOf(
  { place }: Pick<Patchwork, 'place'>,
  { id, msgid, state, web_url: page }: Named,
  date = '',
): Generator<LiveItem> {
  const messageId = messageIdOf(msgid);
  if (messageId === null || state == null || state === '') return;
  const since = Date.parse(`${date}Z`);
  yield {
    kind: 'state',
    messageId,
    state,
    since: Number.isNaN(since) ? null : since,
    permalink: absolute(page, null) ?? `${place.base}patch/${id}/`,
  };
}
