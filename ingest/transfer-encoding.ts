import { asBuffer } from './header.js';

/** Undoes a Content-Transfer-Encoding (RFC 2045, 6). Unknown encodings, 7bit, 8bit and binary leave the octets as they are. */
export function decodeTransfer(octets: Uint8Array, encoding: string): Uint8Array {
  const name = encoding.trim().toLowerCase();
  if (name.startsWith('base64')) return decodeBase64(octets);
  if (name.startsWith('quoted-printable')) return decodeQuotedPrintable(octets);
  return octets;
}

const equals = 0x3d;
const newline = 0x0a;

/**
 * Quoted-printable (RFC 2045, 6.7); what is no valid escape stays as it is. Own code: libqp needs quadratic time for long
 * runs of blanks, and postal-mime recodes raw 8-bit text on the way.
 */
function decodeQuotedPrintable(octets: Uint8Array): Uint8Array {
  const encoded = asBuffer(octets);
  const decoded = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  let copied = 0;
  for (let at = encoded.indexOf(equals); at >= 0; at = encoded.indexOf(equals, Math.max(at + 1, copied))) {
    const softEnd = softBreakEnd(encoded, at + 1);
    const octet = softEnd === null ? hexOctet(encoded, at + 1) : null;
    if (softEnd === null && octet === null) continue;
    length += encoded.copy(decoded, length, copied, at);
    if (octet !== null) decoded[length++] = octet;
    copied = softEnd ?? at + 3;
  }
  length += encoded.copy(decoded, length, copied);
  return decoded.subarray(0, length);
}

/** Where a soft line break that started with `=` ends; null where it is none. */
function softBreakEnd(encoded: Buffer, at: number): number | null {
  let end = at;
  while (end < at + 100 && (encoded[end] === 0x20 || encoded[end] === 0x09 || encoded[end] === 0x0d)) end++;
  return encoded[end] === newline ? end + 1 : null;
}

function hexOctet(encoded: Buffer, at: number): number | null {
  const high = hexDigit(encoded[at] ?? 0);
  const low = hexDigit(encoded[at + 1] ?? 0);
  return high < 0 || low < 0 ? null : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Decodes up to the first character that is not base64, and keeps what follows as it is: list software appended its
 * footer to encoded bodies without a look at their encoding.
 */
function decodeBase64(octets: Uint8Array): Uint8Array {
  const text = asBuffer(octets).toString('latin1');
  const encoded = /^[A-Za-z0-9+/=\s]*/.exec(text)?.[0] ?? '';
  const rest = text.slice(encoded.length);
  const parts = encoded.split(/=+/).map((part) => Buffer.from(part, 'base64'));
  return Buffer.concat(rest === '' ? parts : [...parts, Buffer.from(`\n${rest}`, 'latin1')]);
}
