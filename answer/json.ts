import { formatIso, formatIsoLocal, type MailDate } from '../mail/date.js';
import type { MessageId } from '../mail/message-id.js';
import type { Answer, NearThread, Quote, Searched, StatusNote } from './answer.js';

/** A value that `JSON.stringify` writes as it is. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An answer as `ask --json` prints it: the `Answer`, its dates in ISO 8601. */
export function answerJson(answer: Answer): Json {
  const { kind, question, confidence } = answer;
  const searched = searchedJson(answer.searched);
  if (answer.kind === 'found') return { kind, question, confidence, searched, quotes: answer.quotes.map(quoteJson) };
  const nearest = answer.nearest.map(nearJson);
  const silence = answer.silence === undefined ? {} : { silence: { ...answer.silence } };
  return { kind, question, confidence, searched, nearest, ...silence };
}

function quoteJson(quote: Quote): Json {
  const { text, speaker, messageId, subject, list, permalinks, quotedBy, score, passageKey, verified } = quote;
  return {
    text,
    speaker,
    saidAt: quotedBy === null ? dateJson(quote.saidAt) : recoveredDateJson(quote.saidAt),
    messageId,
    subject,
    list,
    permalinks: permalinks.map((link) => ({ ...link })),
    quotedBy:
      quotedBy === null ? null : { name: quotedBy.name, messageId: quotedBy.messageId, at: dateJson(quotedBy.at) },
    status: quote.status.map(statusJson),
    score,
    spans: quote.spans.map((span) => ({ ...span })),
    passageKey,
    verified,
  };
}

function statusJson({ kind, by, at, messageId, text, permalinks }: StatusNote): Json {
  return { kind, by, at: dateJson(at), messageId, text, permalinks: permalinks.map((link) => ({ ...link })) };
}

function nearJson({ subject, damaged, list, rootId, last, permalinks }: NearThread): Json {
  return { subject, damaged, list, rootId, last: dateJson(last), permalinks: permalinks.map((link) => ({ ...link })) };
}

function searchedJson(searched: Searched): Json {
  const { words, lists, messages, author } = searched;
  return {
    ...(words === undefined ? {} : { words }),
    lists: [...lists],
    messages,
    first: dateJson(searched.first),
    last: dateJson(searched.last),
    author,
    after: instantJson(searched.after),
    before: instantJson(searched.before),
    syncedAt: instantJson(searched.syncedAt),
  };
}

/** UTC, to the second. */
export function dateJson(date: MailDate | null): string | null {
  return date === null ? null : formatIso(date);
}

export function instantJson(instant: number | null): string | null {
  return instant === null ? null : formatIso({ instant, offset: 0 });
}

/** The date of a message, or of one that is missing, which an attribution line may name. */
export function memberDateJson(member: { readonly date: MailDate | null; readonly namedBy: MessageId | null }): Json {
  return member.namedBy === null ? dateJson(member.date) : recoveredDateJson(member.date);
}

/**
 * An attribution line gives the quoting program's wall clock: shown with its offset where one is known, without any (`2019-01-30T20:17:00`)
 * where none is. UTC would put another day on it than the line says.
 */
export function recoveredDateJson(date: MailDate | null): string | null {
  if (date === null) return null;
  return date.offset === null ? formatIso(date).replace(/Z$/, '') : formatIsoLocal(date);
}
