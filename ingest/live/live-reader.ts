import type { MessageId } from '../../mail/message-id.js';
import type { Delivery } from '../intake.js';
import type { Login } from '../sources.js';
import type { HttpClient } from './http.js';

/** The kinds of sources that are followed. */
export const sourceKinds = [
  'public-inbox-git',
  'public-inbox-http',
  'nntp',
  'atom',
  'patchwork',
  'openwall',
  'hypermail',
  'mailman',
  'file-url',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** One source while it is read. */
export interface LiveReading {
  /** The source's name (`Origin.source`): its URL as the user wrote it. */
  readonly source: string;
  readonly url: URL;
  /** The list's name where the user gave one. */
  readonly list: string | null;
  /** Of a news server that wants one. */
  readonly login: Login | null;
  readonly http: HttpClient;
  /** A folder of this source's own, for mirrors and downloads; made when it is asked for. */
  folder(): Promise<string>;
  /** How far it was read: what was stored last for a part of it; null where nothing was. */
  mark(part: string): string | null;
  /** Whether the library has this message from this source. */
  holds(id: MessageId): boolean;
  readonly signal: AbortSignal;
}

/** What a live source yields: what archives hold, and marks, each of which is stored together with what came before it or not at all. */
export type LiveItem = Delivery['item'];

/** Reads what is new since the marks. @throws LiveError where it cannot be read to its end; what was yielded before counts */
export type LiveReader = (reading: LiveReading) => AsyncGenerator<LiveItem>;

/** How far: everything of `part` up to `mark` was delivered. */
export function passed(part: string, mark: string): LiveItem {
  return { kind: 'passed', part, mark };
}
