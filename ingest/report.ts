import type { Library } from '../index/library.js';
import type { SkipReason } from './readers/reader.js';

/** What an ingest did: what `ingest --json` prints. */
export interface IngestReport {
  /** Messages that archives held. Files that did not change since the last ingest are not read, so they count nothing. */
  readonly read: number;
  readonly added: number;
  /** Known messages that gained something: another archive's permalink, an address that was masked, a fuller text. */
  readonly updated: number;
  readonly duplicates: number;
  /** Messages that their archive deleted. */
  readonly removed: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** In the library, once the ingest is done. */
  readonly threads: number;
  readonly passages: number;
  readonly seconds: number;
  /** Sources that are followed and could not be read to their end; left out where there is none. */
  readonly failed?: readonly FailedSource[];
}

export interface FailedSource {
  readonly source: string;
  readonly error: string;
  /** The server asked to be left alone until then, ms since 1970; null where it did not. */
  readonly notBefore: number | null;
}

/** Counts while an ingest runs. */
export class Tally {
  read = 0;
  added = 0;
  updated = 0;
  duplicates = 0;
  removed = 0;
  /** What could not be read, by source: for `status`. */
  readonly errors = new Map<string, string>();
  /** Sources that are followed and could not be read. */
  readonly failed: FailedSource[] = [];
  readonly #skipped = new Map<SkipReason, number>();
  readonly #began = performance.now();

  skip(reason: SkipReason): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  /** Notes that a source that is followed could not be read. */
  fail(source: string, error: unknown, notBefore: number | null = null): void {
    const words = error instanceof Error ? error.message : String(error);
    this.errors.set(source, words);
    this.failed.push({ source, error: words, notBefore });
  }

  report(threads: number, passages: number): IngestReport {
    const { read, added, updated, duplicates, removed } = this;
    const skipped = Object.fromEntries(this.#skipped);
    const seconds = Math.round(performance.now() - this.#began) / 1000;
    const failed = this.failed.length === 0 ? {} : { failed: this.failed };
    return { read, added, updated, duplicates, removed, skipped, threads, passages, seconds, ...failed };
  }
}

/** What was done, with the library's totals. */
export function reportOf(library: Library, tally: Tally): IngestReport {
  const { threads, passages } = library.stats();
  return tally.report(threads, passages.own + passages.recovered);
}
