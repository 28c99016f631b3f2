import { termsOf } from '../../answer/terms.js';
import { answersTo } from '../../answer/question/person.js';
import type {
  Covered,
  Hit,
  Library,
  LibraryMessage,
  LibraryStats,
  PatchState,
  SearchFilter,
  StoredSighting,
} from '../../index/library.js';
import type { Passage } from '../../index/passage.js';
import { decodeMessage } from '../../ingest/decode.js';
import { weaveThreads } from '../../ingest/weave.js';
import { displayName } from '../../mail/mailbox.js';
import type { Message } from '../../mail/message.js';
import { messageIdOf, type MessageId } from '../../mail/message-id.js';
import { normaliseUrl } from '../../mail/permalink.js';
import type { Thread } from '../../mail/thread.js';

/** A mail for a test: headers by their names, and its text. */
export interface TestMail {
  readonly id: string;
  readonly from: string;
  readonly subject: string;
  readonly date?: string;
  readonly to?: string;
  readonly inReplyTo?: string;
  readonly text: string;
}

export function idOf(text: string): MessageId {
  const id = messageIdOf(text);
  if (id === null) throw new TypeError(`${text} is no Message-ID`);
  return id;
}

/** Decodes mails as an ingest would, each with a permalink on example.org. */
export async function messagesOf(mails: readonly TestMail[], list = 'gannet-users'): Promise<Message[]> {
  const messages: Message[] = [];
  for (const { id, from, subject, date, to, inReplyTo, text } of mails) {
    const headers = [
      `Message-ID: <${id}>`,
      `From: ${from}`,
      `Subject: ${subject}`,
      `Date: ${date ?? 'Mon, 6 May 2024 10:00:00 +0000'}`,
      ...(to === undefined ? [] : [`To: ${to}`]),
      ...(inReplyTo === undefined ? [] : [`In-Reply-To: <${inReplyTo}>`]),
    ];
    const octets = Buffer.from(`${headers.join('\n')}\n\n${text}`);
    const permalink = `https://lists.example.org/${list}/${id}/`;
    const origin = { source: 'test', list, locator: id, permalink };
    const decoded = await decodeMessage({ origin, content: { kind: 'octets', octets } });
    if (decoded.ok) messages.push(decoded.message);
  }
  return messages;
}

/** A library in memory over mails: woven as an ingest would, searched by the words that passage and question share. */
export async function libraryOf(
  mails: readonly TestMail[],
  sightings: readonly StoredSighting[] = [],
): Promise<MemoryLibrary> {
  return new MemoryLibrary(await messagesOf(mails), sightings);
}

export class MemoryLibrary implements Library {
  readonly messages = new Map<MessageId, LibraryMessage>();
  readonly #threads = new Map<MessageId, Thread>();
  readonly passages: Passage[] = [];
  readonly states = new Map<MessageId, PatchState[]>();
  /** What misspelt words were meant to be. */
  readonly slips = new Map<string, string>();

  constructor(messages: readonly Message[], sightings: readonly StoredSighting[] = []) {
    const byId = new Map(messages.map((message) => [message.messageId, message]));
    for (const { rootId, members } of weaveThreads(messages, sightings)) {
      const thread: Thread = { rootId, members: members.map(({ member }) => member) };
      for (const { member, sources, passages } of members) {
        this.#threads.set(member.messageId, thread);
        const message = byId.get(member.messageId);
        if (message === undefined) continue;
        const bySource = new Map(sources);
        const blocks = message.blocks.map((block, place) => {
          const source = bySource.get(place);
          return source === undefined ? block : { ...block, source };
        });
        const place = { parentId: member.parentId, rootId };
        this.messages.set(member.messageId, { ...message, origins: message.origins, blocks, ...place });
        for (const draft of passages) this.passages.push({ ...draft, key: this.passages.length + 1 });
      }
    }
  }

  search({ question, filter, limit }: { question: string; filter: SearchFilter; limit: number }): Promise<Hit[]> {
    const asked = new Set(termsOf(question));
    const hits = this.passages
      .filter((passage) => this.#fits(passage, filter))
      .map((passage) => ({ passage, score: scoreOf(passage, asked), ranks: { lexical: 1, vector: 1 } }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
    const seen = new Set<string>();
    const oneEach = hits.filter(({ passage: { messageId, kind, sourceId } }) => {
      const said = kind === 'own' ? messageId : `${messageId} ${sourceId ?? ''}`;
      return !seen.has(said) && seen.add(said);
    });
    return Promise.resolve(oneEach.slice(0, limit));
  }

  weightOf(): number {
    return 1;
  }

  corrected(question: string): Promise<string> {
    return Promise.resolve(question.replace(/\p{L}+/gu, (word) => this.slips.get(word) ?? word));
  }

  covered(filter: SearchFilter): Covered {
    const passages = this.passages.filter((passage) => this.#fits(passage, filter));
    const dates = passages.flatMap(({ saidAt }) => saidAt ?? []).sort((a, b) => a.instant - b.instant);
    const messages = new Set(passages.map(({ messageId }) => messageId)).size;
    return { messages, first: dates[0] ?? null, last: dates.at(-1) ?? null };
  }

  #fits({ speaker, saidAt, messageId }: Passage, filter: SearchFilter): boolean {
    const { lists, author, after, before, thread } = filter;
    const { origins, rootId } = this.messages.get(messageId) ?? { origins: [], rootId: null };
    if (thread !== undefined && rootId !== thread) return false;
    if (lists !== undefined && !origins.some(({ list }) => lists.includes(list))) return false;
    if (author !== undefined && !answersTo(displayName(speaker), author)) return false;
    const at = saidAt?.instant ?? 0;
    return at >= (after ?? -Infinity) && at < (before ?? Infinity);
  }

  message(id: MessageId): LibraryMessage | null {
    return this.messages.get(id) ?? null;
  }

  byPermalink(url: string): LibraryMessage[] {
    const wanted = normaliseUrl(url);
    return [...this.messages.values()].filter(({ origins }) =>
      origins.some(({ permalink }) => permalink !== undefined && normaliseUrl(permalink) === wanted),
    );
  }

  lookUp(words: string, limit: number): LibraryMessage[] {
    const asked = new Set(termsOf(words));
    const shared = ({ subject, from }: LibraryMessage): number =>
      termsOf(`${subject} ${displayName(from)}`).filter((term) => asked.has(term)).length;
    return [...this.messages.values()]
      .filter((message) => shared(message) > 0)
      .sort((a, b) => shared(b) - shared(a))
      .slice(0, limit);
  }

  thread(id: MessageId): Thread | null {
    return this.#threads.get(id) ?? null;
  }

  patchStates(id: MessageId): PatchState[] {
    return this.states.get(id) ?? [];
  }

  passage(key: number): Passage | null {
    return this.passages.find((passage) => passage.key === key) ?? null;
  }

  authors(prefix: string, limit: number): string[] {
    const names = new Set(this.passages.map(({ speaker }) => displayName(speaker)));
    return [...names].filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase())).slice(0, limit);
  }

  everyMessage(): IterableIterator<LibraryMessage> {
    return this.messages.values();
  }

  stats(): LibraryStats {
    const own = this.passages.filter(({ kind }) => kind === 'own').length;
    const passages = { own, recovered: this.passages.length - own };
    const lists = [{ list: 'gannet-users', messages: this.messages.size, first: null, last: null }];
    const model = { id: 'none', dimensions: 0 };
    const counts = { messages: this.messages.size, ghosts: 0, threads: new Set(this.#threads.values()).size, passages };
    return { ...counts, lists, sources: [], model, schema: 0, graphed: 0, bytes: 0, revision: 0 };
  }

  close(): void {
    this.messages.clear();
  }
}

function scoreOf({ fields }: Passage, asked: ReadonlySet<string>): number {
  const shared = (text: string): number => new Set(termsOf(text).filter((term) => asked.has(term))).size;
  return shared(fields.own) + shared(fields.subject) + 0.3 * shared(`${fields.quoted} ${fields.parent}`);
}
