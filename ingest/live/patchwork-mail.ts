import { messageIdOf } from '../../mail/message-id.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import type { Patchwork } from './patchwork-api.js';
import type { Row } from './patchwork-schema.js';

/** A patch or cover letter, unless it is held, and the comments on it. */
export async function* readMail(
  api: Patchwork,
  reading: LiveReading,
  what: 'covers' | 'patches',
  { id, msgid, state }: Pick<Row, 'id' | 'msgid' | 'state'>,
): AsyncGenerator<LiveItem> {
  const messageId = messageIdOf(msgid);
  if (messageId === null || !reading.holds(messageId)) yield* api.read(`${what}/${id}/`);
  yield* api.read(`${what}/${id}/comments/`);
  if (state != null) yield stateOf(msgid, state);
}

/** A patch's state (`accepted`, `rejected` …), kept as a mark. */
export function stateOf(msgid: string, state: string): LiveItem {
  return passed(`state ${messageIdOf(msgid) ?? msgid}`, state);
}
