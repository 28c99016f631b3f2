import { createHash } from 'node:crypto';
import { normaliseUrl } from '../mail/permalink.js';

/** 48 bits of the SHA-1 of a URL as it is compared: a small index entry; what it finds is compared in full. */
export function permalinkHash(url: string): number {
  return createHash('sha1').update(normaliseUrl(url)).digest().readUIntBE(0, 6);
}

/** Whether two URLs lead to one page. */
export function isSamePage(one: string, other: string): boolean {
  return normaliseUrl(one) === normaliseUrl(other);
}
