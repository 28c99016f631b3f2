import { decodeCharset } from '../charset.js';
import type { ArchiveFile, ArchiveItem, SkipReason } from './reader.js';

/** The largest page that is read, in octets. The longest thread pages of real archives stay below a fifth of it. */
const MAX_PAGE = 32 << 20;

export type PageContent =
  { readonly kind: 'page'; readonly text: string } | { readonly kind: 'unread'; readonly item: ArchiveItem };

/** Reads a page whole and decodes it, or says why not. Never throws. */
export async function readPage(file: ArchiveFile): Promise<PageContent> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of file.octets()) {
      length += chunk.length;
      if (length > MAX_PAGE) return unread(file, 'too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    return unread(file, reasonOf(error));
  }
  if (length === 0) return unread(file, 'empty');
  return { kind: 'page', text: decodePage(Buffer.concat(chunks)) };
}

function unread(file: ArchiveFile, reason: SkipReason): PageContent {
  return { kind: 'unread', item: { kind: 'skipped', reason, locator: file.path } };
}

/** `ArchiveReadError` names its reason; anything else that a file system throws is `unreadable`. */
function reasonOf(error: unknown): SkipReason {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : null;
  return typeof reason === 'string' ? (reason as SkipReason) : 'unreadable';
}

/**
 * Decodes a page: as UTF-8 where it is valid, else by its `<meta charset>` or XML declaration, else as windows-1252
 * (what browsers do, WHATWG Encoding). CR LF becomes `\n`.
 */
export function decodePage(octets: Uint8Array): string {
  return decodeCharset(octets, declaredCharset(octets) ?? '')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n');
}

function declaredCharset(octets: Uint8Array): string | null {
  const head = headText(octets.subarray(0, 4096));
  return /(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})/i.exec(head)?.[1] ?? null;
}

/** The first octets as text for detection: one character for each octet, so that nothing is lost at a cut. */
export function headText(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
}
