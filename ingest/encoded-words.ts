import libmime from 'libmime';
import { cleanText } from './clean-text.js';
import type { Headers } from './header.js';
import { headerOf } from './header.js';

/** Longer headers are cut: no subject and no list of people is longer. */
const maxHeader = 100_000;

/** Decodes encoded words (RFC 2047), broken ones as far as they make sense, into one line of text. */
export function decodeWords(value: string): string {
  const cut = value.length > maxHeader ? value.slice(0, maxHeader) : value;
  const decoded = cut.includes('=?') ? libmime.decodeWords(cut) : cut;
  return cleanText(decoded).replace(/\s+/g, ' ').trim();
}

/** The first value of a header field, its encoded words decoded. */
export function decodedHeader(headers: Headers, name: string): string {
  return decodeWords(headerOf(headers, name));
}
