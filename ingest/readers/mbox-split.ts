import { parseHeaders, headerOf, splitMessage } from '../header.js';
import type { FromLineStyle } from './from-line.js';
import { fromLineStyle, maxFromLine, separates } from './from-line.js';

/** A stretch of an mbox between two separators. */
export interface MboxPiece {
  /** Of the separator line, in octets from the start of the file. */
  readonly offset: number;
  /** The message as it stands in the file, in memory of its own; null where it is larger than allowed. */
  readonly octets: Buffer | null;
  readonly style: FromLineStyle;
  /** Its length was told by Content-Length (mboxcl2), not by the next separator. */
  readonly counted: boolean;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const needle = Buffer.from('\nFrom ');

/** Cuts an mbox (RFC 4155) into messages. Holds one message and one chunk at a time; time is linear in the file's length. */
export async function* splitMbox(chunks: AsyncIterable<Uint8Array>, maxOctets: number): AsyncGenerator<MboxPiece> {
  const splitter = new Splitter(maxOctets);
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield* splitter.pieces(false);
  }
  yield* splitter.pieces(true);
}

class Splitter {
  #buffer = Buffer.allocUnsafe(1 << 22);
  #end = 0;
  /** The file offset of `#buffer[0]`. */
  #base = 0;
  /** Up to where no separator was found. */
  #scan = 0;
  /** Where the present message starts behind its separator line; null before the first. */
  #start: number | null = null;
  #separatorOffset = 0;
  #style: FromLineStyle = 'plain';
  /** The present message is too large: its octets are dropped as they come. */
  #dropping = false;
  /** Where Content-Length says that the present message ends; null where it says nothing that holds. */
  #counted: number | null | undefined;

  constructor(readonly maxOctets: number) {}

  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  *pieces(final: boolean): Generator<MboxPiece> {
    if (this.#start === null && !this.#findFirst(final)) return;
    for (let at = this.#nextSeparator(final); at !== null; at = this.#nextSeparator(final)) {
      yield* this.#piece(at - 1);
      this.#open(at);
    }
    if (final) yield* this.#piece(this.#end);
    else yield* this.#dropIfTooLarge();
  }

  /** The first separator stands at the start of the file, or below blank lines. */
  #findFirst(final: boolean): boolean {
    let at = this.#scan;
    while (at < this.#end && (this.#buffer[at] === newline || this.#buffer[at] === carriageReturn)) at++;
    this.#scan = at;
    const line = this.#line(at, final);
    if (line === null) return false;
    this.#style = fromLineStyle(line) ?? 'plain';
    if (fromLineStyle(line) !== null) this.#open(at);
    else this.#start = at;
    return true;
  }

  /** Starts the message whose separator line stands at `at`. */
  #open(at: number): void {
    this.#separatorOffset = this.#base + at;
    this.#start = this.#lineEnd(at);
    this.#scan = Math.max(at, this.#start - 1);
    this.#dropping = false;
    this.#counted = undefined;
  }

  /** Where the next separator line starts; null where there is none (yet). */
  #nextSeparator(final: boolean): number | null {
    for (;;) {
      const found = this.#buffer.subarray(0, this.#end).indexOf(needle, this.#scan);
      if (found < 0) {
        this.#scan = Math.max(this.#scan, this.#end - needle.length);
        return null;
      }
      this.#scan = found;
      const isSeparator = this.#isSeparator(found + 1, final);
      if (isSeparator === null) return null;
      if (isSeparator) {
        const counted = this.#countedEnd(found + 1, final);
        if (counted === 'unknown') return null;
        if (counted === null) return found + 1;
        this.#scan = counted;
      } else this.#scan = found + 1;
    }
  }

  /** Null where more octets are needed to tell. */
  #isSeparator(at: number, final: boolean): boolean | null {
    const blankBefore =
      this.#buffer[at - 2] === newline || (this.#buffer[at - 2] === carriageReturn && this.#buffer[at - 3] === newline);
    if (!blankBefore && at !== this.#start) return false;
    const line = this.#line(at, final);
    if (line === null) return null;
    if (fromLineStyle(line) === null) return false;
    const next = this.#line(this.#lineEnd(at), final);
    return next === null ? null : separates(line, next, this.#style);
  }

  /**
   * mboxcl2 escapes nothing and counts instead. The count is believed where it reaches beyond the separator found at
   * `at`, and another separator or the end of the file stands right there. Returns where to search on; null where `at` separates.
   */
  #countedEnd(at: number, final: boolean): number | null | 'unknown' {
    if (this.#counted === undefined) this.#counted = this.#contentEnd();
    const end = this.#counted;
    if (end === null || end <= at) return null;
    if (end + 2 * maxFromLine > this.#end && !final) return 'unknown';
    if (end > this.#end) return (this.#counted = null);
    let next = end;
    while (next < end + 4 && (this.#buffer[next] === newline || this.#buffer[next] === carriageReturn)) next++;
    const holds = next >= this.#end || (this.#buffer[next - 1] === newline && this.#isSeparator(next, true) === true);
    if (!holds) return (this.#counted = null);
    return Math.max(end, next - 1);
  }

  /** Where the present message ends by its Content-Length, or null. */
  #contentEnd(): number | null {
    const start = this.#start ?? 0;
    if (this.#dropping) return null;
    const { head, body } = splitMessage(this.#buffer.subarray(start, this.#scan + 1));
    const length = headerOf(parseHeaders(head), 'content-length');
    if (!/^\d{1,12}$/.test(length) || Number(length) > this.maxOctets) return null;
    return this.#scan + 1 - body.length + Number(length);
  }

  /** The line at `at` without its end, its first `maxFromLine` octets; null where it is not all there yet. */
  #line(at: number, final: boolean): string | null {
    const limit = Math.min(this.#end, at + maxFromLine + 1);
    const found = this.#buffer.subarray(at, limit).indexOf(newline);
    if (found < 0 && limit === this.#end && !final) return null;
    const line = this.#buffer.toString('latin1', at, found < 0 ? limit : at + found);
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  *#piece(end: number): Generator<MboxPiece> {
    if (this.#start === null || this.#dropping) return;
    const counted = typeof this.#counted === 'number';
    const common = { offset: this.#separatorOffset, style: this.#style, counted };
    if (end - this.#start > this.maxOctets) yield { ...common, octets: null };
    else yield { ...common, octets: Buffer.from(this.#buffer.subarray(this.#start, this.#withoutBlankLine(end))) };
  }

  /** The blank line before a separator is the separator's. */
  #withoutBlankLine(end: number): number {
    const start = this.#start ?? 0;
    let at = Math.max(start, end);
    if (at > start && this.#buffer[at - 1] === newline && at === this.#end) {
      const before = this.#buffer[at - 2] === carriageReturn ? at - 2 : at - 1;
      if (before <= start || this.#buffer[before - 1] !== newline) return at;
      at = before;
    }
    return at > start && this.#buffer[at - 1] === carriageReturn ? at - 1 : at;
  }

  *#dropIfTooLarge(): Generator<MboxPiece> {
    if (this.#start === null || this.#dropping || this.#end - this.#start <= this.maxOctets + (1 << 20)) return;
    yield* this.#piece(this.#end);
    this.#dropping = true;
  }

  /** The end of the line that starts at `at`: behind its newline, or the end of what is there. */
  #lineEnd(at: number): number {
    const found = this.#buffer.subarray(0, this.#end).indexOf(newline, at);
    return found < 0 ? this.#end : found + 1;
  }

  #makeRoom(needed: number): void {
    // A separator is told with the two line ends before it.
    const first = this.#dropping ? this.#scan : Math.min(this.#start ?? 0, this.#scan);
    const keep = Math.max(0, first - 3);
    const kept = this.#end - keep;
    const room = kept + needed > this.#buffer.length ? Buffer.allocUnsafe(2 * (kept + needed)) : this.#buffer;
    this.#buffer.copy(room, 0, keep, this.#end);
    this.#buffer = room;
    this.#base += keep;
    this.#scan -= keep;
    this.#end = kept;
    if (this.#start !== null) this.#start -= keep;
    if (typeof this.#counted === 'number') this.#counted -= keep;
  }
}
