import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Header fields by lower-cased name, each name's values in order, unfolded, encoded words still encoded. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A message's octets cut at the first blank line. */
export interface SplitMessage {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Cuts a message or MIME part (RFC 5322, 2.1) into head and body. A message that starts with a blank line has no header. */
export function splitMessage(octets: Uint8Array): SplitMessage {
  const buffer = asBuffer(octets);
  let lineStart = 0;
  while (lineStart < buffer.length) {
    const end = buffer.indexOf(newline, lineStart);
    if (end < 0) break;
    if (end === lineStart || (end === lineStart + 1 && buffer[lineStart] === carriageReturn))
      return { head: buffer.subarray(0, lineStart), body: buffer.subarray(end + 1) };
    lineStart = end + 1;
  }
  return { head: buffer, body: buffer.subarray(buffer.length) };
}

/**
 * Parses a header block. Lines that are no header field (an mbox `From ` line, junk) are passed over. Raw 8-bit text
 * (RFC 6532 or plain wrong) is read as UTF-8 where it is valid UTF-8, else as windows-1252.
 */
export function parseHeaders(head: Uint8Array): Headers {
  const headers = new Map<string, string[]>();
  let folded: string[] | null = null;
  let values: string[] = [];
  const flush = () => {
    if (folded !== null) values.push(folded.length === 1 ? (folded[0] ?? '').trim() : folded.join('').trim());
    folded = null;
  };
  for (const ended of headText(head).split('\n')) {
    const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      (folded as string[] | null)?.push(line);
      continue;
    }
    flush();
    const name = fieldName(line);
    if (name === null) continue;
    values = headers.get(name) ?? [];
    headers.set(name, values);
    folded = [line.slice(line.indexOf(':') + 1)];
  }
  flush();
  return headers;
}

/** The first value of a header field, `''` where there is none. */
export function headerOf(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? '';
}

/** Names met before: mail repeats a few dozen. Bounded, since anybody can make new ones up. */
const names = new Map<string, string | null>();
const maxNames = 5000;

/** The lower-cased name of the header field (RFC 5322, 2.2) that a line starts, or null. */
export function fieldName(line: string): string | null {
  const colon = line.indexOf(':');
  if (colon < 1 || colon > 200) return null;
  const written = line.slice(0, colon);
  const met = names.get(written);
  if (met !== undefined) return met;
  const name = /^[!-9;-~]+[ \t]*$/.test(written) ? written.trimEnd().toLowerCase() : null;
  if (names.size < maxNames) names.set(written, name);
  return name;
}

/** A view of the same octets with the methods of `Buffer`. */
export function asBuffer(octets: Uint8Array): Buffer {
  return Buffer.isBuffer(octets) ? octets : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
}

function headText(head: Uint8Array): string {
  const buffer = asBuffer(head);
  return isUtf8(buffer) ? buffer.toString('utf8') : iconv.decode(buffer, 'windows-1252');
}
