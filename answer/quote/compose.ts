import { displayName } from '../../mail/mailbox.js';
import type { Library, LibraryMessage } from '../../index/library.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Permalink, StatusNote } from '../answer.js';
import type { Choice } from './choose.js';
import type { QuoteDraft } from './verify.js';

/** Makes of chosen sentences a quote that the gate can check. `score` orders quotes; it is not a probability. */
export function composeQuote(
  library: Pick<Library, 'thread'>,
  choice: Choice,
  score: number,
  status: readonly StatusNote[],
): QuoteDraft {
  const { hit, message, voice, spans, text } = choice;
  const { passage } = hit;
  const own = voice.kind === 'own';
  const subject = own ? message.subject : subjectOf(library, passage.sourceId);
  const quote = {
    text,
    spans,
    speaker: displayName(passage.speaker),
    saidAt: passage.saidAt,
    messageId: own ? message.messageId : passage.sourceId,
    subject: subject ?? message.subject,
    list: listOf(message),
    permalinks: permalinksOf(message),
    quotedBy: own ? null : { name: displayName(message.from), messageId: message.messageId, at: message.date },
    status,
    score,
    passageKey: passage.key,
  };
  return { quote, holderId: message.messageId, voice };
}

/** What a missing message's subject is known to be: from a thread overview; null where nothing tells it. */
function subjectOf(library: Pick<Library, 'thread'>, id: MessageId | null): string | null {
  const members = id === null ? undefined : library.thread(id)?.members;
  return members?.find(({ messageId }) => messageId === id)?.subject ?? null;
}

/** Each archive page that shows a message, once. */
export function permalinksOf(message: Pick<LibraryMessage, 'origins'>): Permalink[] {
  const links = new Map<string, Permalink>();
  for (const { list, permalink } of message.origins) {
    if (permalink !== undefined && !links.has(permalink)) links.set(permalink, { list, url: permalink });
  }
  return [...links.values()];
}

/** The list that a message was found on first. */
export function listOf(message: Pick<LibraryMessage, 'origins'>): string {
  return message.origins[0]?.list ?? '';
}
