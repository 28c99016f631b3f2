import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { asBuffer } from './header.js';

/** Labels that say nothing, or that senders put where they do not know: the octets decide. */
const saysNothing =
  /^(?:|us-ascii|ascii|ansi_x3\.4-1968|[78]bit|binary|default|none|x-?unknown|unknown(?:-?8bit)?|utf-?8|charset)$/;

/** Encodings that write other characters with ASCII octets. */
const escapes = /^(?:utf-?(?:7|16|32)|unicode-1-1-utf-7|ucs-?[24]|iso-?2022|hz|csiso2022|x-user|imap)/;

/** One octet a character: text in these is hardly ever valid UTF-8 by chance, so valid UTF-8 is mislabelled UTF-8. */
const singleByte = /^(?:iso-?8859|latin|l\d|windows-?1?25|win-?125|cp-?(?:125|8|437)|koi8|x?-?mac|ibm8)/;

/** ISO 8859-1 is read as windows-1252 everywhere. Node 20's own decoder reads it the other way round, and loses quotes and dashes. */
const westEuropean = /^(?:(?:windows-?|win-?|cp-?|x-cp)1252|iso-?8859-?1|latin-?1|l1|us-ascii|ascii)$/;

const decoders = new Map<string, TextDecoder | null>();

/**
 * Decodes text in the charset that a header names, and does what readers of mail do where the name is wrong: UTF-8
 * that is labelled as something else is read as UTF-8, text labelled UTF-8 that is not is read as windows-1252 (as
 * is ISO 8859-1 always: WHATWG Encoding). Unknown names count as no name. Never throws.
 */
export function decodeCharset(octets: Uint8Array, label: string): string {
  const buffer = asBuffer(octets);
  const charset = label
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .toLowerCase();
  if (!escapes.test(charset)) {
    if (isAscii(buffer)) return buffer.toString('latin1');
    if (saysNothing.test(charset)) return decodeUnnamed(buffer);
    if (singleByte.test(charset) && isUtf8(buffer)) return withoutMark(buffer.toString('utf8'));
  }
  const decoded = decodeNamed(buffer, charset);
  if (decoded === null) return decodeUnnamed(buffer);
  return decoded.includes('\ufffd') && isUtf8(buffer) && !isAscii(buffer)
    ? withoutMark(buffer.toString('utf8'))
    : decoded;
}

function decodeNamed(buffer: Buffer, charset: string): string | null {
  if (westEuropean.test(charset)) return iconv.decode(buffer, 'windows-1252');
  const decoder = decoderOf(charset);
  if (decoder !== null) return decoder.decode(buffer);
  return iconv.encodingExists(charset) ? iconv.decode(buffer, charset) : null;
}

function decoderOf(charset: string): TextDecoder | null {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    // A charset that the web does not know (UTF-7, cp850): iconv-lite may.
  }
  // Labels come from mail: anybody could fill the memory with new ones.
  if (decoders.size < 200) decoders.set(charset, decoder);
  return decoder;
}

/** UTF-8 where more of it is valid than not (a character may be cut), else windows-1252. */
function decodeUnnamed(buffer: Buffer): string {
  const text = buffer.toString('utf8');
  if (isUtf8(buffer)) return withoutMark(text);
  let valid = 0;
  let invalid = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) invalid++;
    else if (code > 0x7f) valid++;
  }
  return valid > invalid ? withoutMark(text) : iconv.decode(buffer, 'windows-1252');
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
