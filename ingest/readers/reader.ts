import type { RawMessage, Sighting } from '../../mail/message.js';

/** Why something in an archive could not be used. The keys of `skipped` in what `ingest --json` prints. */
export type SkipReason =
  'empty' | 'not-mail' | 'unreadable' | 'truncated' | 'too-large' | 'compression-bomb' | 'malformed' | 'no-text';

/** What a reader finds, in the archive's order. */
export type ArchiveItem =
  | { readonly kind: 'message'; readonly message: RawMessage }
  /** The archive removed a message that it once held (public-inbox `d`). */
  | { readonly kind: 'deletion'; readonly octets: Uint8Array; readonly locator: string }
  /** The messages of a thread overview, depth first; `parent` is an index into the list. */
  | { readonly kind: 'overview'; readonly members: readonly OverviewMember[] }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly locator: string };

export interface OverviewMember {
  readonly sighting: Sighting;
  readonly parent: number | null;
}

/** A file as a reader gets it. */
export interface ArchiveFile {
  /** As the user named it, or below the folder that they named. */
  readonly path: string;
  /** The source this belongs to (`Origin.source`). */
  readonly source: string;
  /** The list's name where `--list` gave one. */
  readonly list: string | null;
  /** The first 64 KiB after decompression, for detection. */
  readonly head: Uint8Array;
  /** The octets after decompression, afresh at each call. Throws `ArchiveReadError` on truncated gzip and on bombs. */
  octets(): AsyncIterable<Uint8Array>;
}

/** One archive format. A new format is one file beside this one and one line in `readers.ts`. */
export interface Reader {
  readonly format: string;
  /** Whether `head` is this format. Cheap, never throws. */
  detects(head: Uint8Array, path: string): boolean;
  /** Reads one file. Bad content is yielded as `skipped`, never thrown; only what `octets()` throws passes through. */
  read(file: ArchiveFile): AsyncGenerator<ArchiveItem>;
}

/** A folder or bundle that is read as one: a Maildir, a public-inbox git store. */
export interface Store {
  /** As the user named it, or below the folder that they named. */
  readonly path: string;
  readonly source: string;
  /** The list's name where `--list` gave one. */
  readonly list: string | null;
  /** The last `mark` that an earlier reading yielded; null reads all. */
  readonly since: string | null;
}

export type StoreItem =
  | ArchiveItem
  /** How far the store is read: pass it as `since` next time. Comes last, once. */
  | { readonly kind: 'mark'; readonly value: string }
  /** `since` is no longer part of the store's history: all of it follows, and what does not follow is gone. */
  | { readonly kind: 'rewritten' };

/** One kind of store. Bad mail is yielded as `skipped`; `read` throws `ArchiveReadError` where the store itself cannot be read. */
export interface StoreReader {
  readonly format: string;
  /** Whether `path` is such a store. Never throws. */
  detects(path: string): Promise<boolean>;
  read(store: Store): AsyncGenerator<StoreItem>;
}
