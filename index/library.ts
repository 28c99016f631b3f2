import type { MailDate } from '../mail/date.js';
import type { MessageId } from '../mail/message-id.js';
import type { Message, Origin, Sighting } from '../mail/message.js';
import type { Thread, ThreadMember } from '../mail/thread.js';
import type { QuoteSource } from '../mail/block.js';
import type { Passage, PassageDraft } from './passage.js';
import type { Spoken } from './spoken.js';

/** Narrows a search; every part that is given must hold. */
export interface SearchFilter {
  readonly lists?: readonly string[];
  /** Matched against the speaker's name and address, case and order of words ignored. */
  readonly author?: string;
  /** Milliseconds since 1970, included. */
  readonly after?: number;
  /** Milliseconds since 1970, excluded. */
  readonly before?: number;
  /** Root of a thread: only what stands in its messages. */
  readonly thread?: MessageId;
}

/** How much a filter leaves to be searched: messages with words that it lets through, and when those were said. */
export interface Covered {
  readonly messages: number;
  readonly first: MailDate | null;
  readonly last: MailDate | null;
}

export interface SearchRequest {
  readonly question: string;
  readonly filter: SearchFilter;
  /** How many hits at most, one per message. */
  readonly limit: number;
}

/** A passage that may answer, best first. `ranks` are 1-based places in each list that found it. */
export interface Hit {
  readonly passage: Passage;
  readonly score: number;
  readonly ranks: { readonly lexical?: number; readonly vector?: number; readonly rerank?: number };
}

/** A message as the index holds it: labelled, its quotes resolved, in its place. */
export interface LibraryMessage extends Message {
  readonly parentId: MessageId | null;
  readonly rootId: MessageId;
}

/** What a patch tracker (Patchwork) says of a patch: in its own word (`accepted`, `changes-requested`), as last read. */
export interface PatchState {
  /** The source that is followed. */
  readonly source: string;
  readonly state: string;
  /** When it came to that, ms since 1970; null where that is not told. */
  readonly since: number | null;
  /** The tracker's page of the patch. */
  readonly permalink: string | null;
}

export interface ListStats {
  readonly list: string;
  readonly messages: number;
  readonly first: MailDate | null;
  readonly last: MailDate | null;
}

export interface SourceStats {
  readonly source: string;
  readonly messages: number;
  /** When it was last read to its end, ms since 1970; null where it never was. */
  readonly syncedAt: number | null;
  /** Why the last reading did not come to its end; null where it did. */
  readonly lastError: string | null;
  /** Messages that its server has and that were not read when it was last asked; null where that is not known. */
  readonly behind?: number | null;
  /** The list's name and the format that it was last ingested with, in place of what the archive says; null where none was given. */
  readonly list?: string | null;
  readonly format?: string | null;
}

export interface LibraryStats {
  readonly messages: number;
  readonly ghosts: number;
  readonly threads: number;
  readonly passages: { readonly own: number; readonly recovered: number };
  readonly lists: readonly ListStats[];
  readonly sources: readonly SourceStats[];
  readonly model: { readonly id: string; readonly dimensions: number };
  readonly schema: number;
  /** Passages that the HNSW graph covers; the rest is searched by scanning. */
  readonly graphed: number;
  readonly bytes: number;
  /** Changes with every commit that changes what a search can find. */
  readonly revision: number;
}

/** Everything that reading needs: what `answer/` sees of the index. */
export interface Library {
  search(request: SearchRequest): Promise<Hit[]>;
  /** A question with what is surely misspelt put right: for a search, and for judging what it finds. */
  corrected(question: string): Promise<string>;
  /** How telling a stem is in this archive: 0 and up, in nats. */
  weightOf(stem: string): number;
  covered(filter: SearchFilter): Covered;
  message(id: MessageId): LibraryMessage | null;
  /** Messages whose archive page is `url`, compared without scheme, `www.`, fragment and trailing slash. */
  byPermalink(url: string): LibraryMessage[];
  /** Messages by words of their subject or author's name, best first: for citation look-ups and completion. */
  lookUp(words: string, limit: number): LibraryMessage[];
  thread(id: MessageId): Thread | null;
  /** What patch trackers say of the patch that a message is; one of each source, in the order of their names. */
  patchStates(id: MessageId): PatchState[];
  passage(key: number): Passage | null;
  authors(prefix: string, limit: number): string[];
  everyMessage(): IterableIterator<LibraryMessage>;
  stats(): LibraryStats;
  close(): void;
}

/** What one message's place in its thread makes of it. Replaces what was woven for that message before. */
export interface WovenMessage {
  readonly member: ThreadMember;
  /** Sources of the message's quote blocks: [index into `Message.blocks`, source]. */
  readonly sources: readonly (readonly [number, QuoteSource])[];
  readonly passages: readonly PassageDraft[];
}

/** One thread, whole. Ghost members have neither sources nor passages. */
export interface WovenThread {
  readonly rootId: MessageId;
  /** In reading order. */
  readonly members: readonly WovenMessage[];
}

/** A sighting with its place, as the store keeps it. `messageId` is minted where the overview shows none. */
export interface StoredSighting extends Sighting {
  readonly messageId: MessageId;
  readonly parentId: MessageId | null;
}

/** The door for writing. One writer at a time holds it (a lock that a kill releases). All calls outside `transaction` commit alone. */
export interface LibraryWriter extends Library {
  transaction<T>(work: () => T): T;

  /** Inserts or replaces by Message-ID, and marks its thread for weaving. */
  put(message: Message): void;
  /** Forgets a message, its passages and vectors; replies keep a ghost. False where it was not there. */
  drop(id: MessageId): boolean;
  /** Adds an origin to a message that is there; false where it has it already. Needs no weaving. */
  addOrigin(id: MessageId, origin: Origin): boolean;
  putSightings(sightings: readonly StoredSighting[]): void;
  /** In place of what the source said before. The message need not be held. A state that stays, and comes without a time, keeps its time. */
  putPatchState(id: MessageId, state: PatchState): void;

  /** Messages that may be the same as one without a shared Message-ID: same instant to the minute (whatever the zone), or same content hash. */
  twins(instant: number | null, contentHash: string): Message[];
  /** The mark up to which a source was read (a size and time, a commit, an article number); null where there is none. */
  mark(source: string, part: string): string | null;
  setMark(source: string, part: string, value: string): void;
  noteSync(source: string, at: number, error: string | null): void;
  /**
   * Message-IDs of messages and sightings that were put, or whose neighbour was dropped, and are not woven yet. Survives a kill,
   * so that the next ingest finishes what a killed one began.
   */
  unwoven(): ReadonlySet<MessageId>;
  /**
   * The closure of `ids`: every message and sighting tied to them through Message-ID, In-Reply-To, References, overview places, their
   * present thread, or (for messages without any reference) an equal normalised subject. What threads are built from.
   */
  connected(ids: ReadonlySet<MessageId>): { readonly messages: Message[]; readonly sightings: StoredSighting[] };
  /**
   * Stores threads in place of all threads that their members were in before, with their passages and vectors (one per passage, in the order of
   * threads, members and passages; L2-normalised), and takes their members off `unwoven`. A passage that is unchanged (same holder,
   * kind, speaker, spans and fields) keeps its key.
   */
  weave(threads: readonly WovenThread[], vectors: readonly Float32Array[]): void;
  /** Own or recovered passages with keys above `after`, in the order of their keys, at most `limit`. */
  spoken(kind: 'own' | 'recovered', after: number, limit: number): Spoken[];
  /** Own passages with keys up to `to` that hold all of these words, at most `limit`. */
  spokenHolding(words: readonly string[], to: number, limit: number): Spoken[];
  /** Up to which key passages were sifted; 0 where none was. */
  siftedTo(): number;
  /** Takes passages out, and notes up to which key all of them were sifted. */
  sift(dropped: readonly number[], to: number): void;
  /** Vectors of passages by a hash of the text that was embedded, so that unchanged text is not embedded again. */
  knownVectors(embeddedTexts: readonly string[]): (Float32Array | null)[];
  /** Brings the HNSW graph up to what is stored, off the main thread, when enough has changed, or always with `force`. */
  graph(options: {
    readonly force: boolean;
    readonly onProgress?: (done: number, total: number) => void;
  }): Promise<void>;
}
