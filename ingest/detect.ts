import type { Reader, StoreReader } from './readers/reader.js';
import { readers, storeReaders } from './readers/readers.js';

/** The first reader whose format `head` is, or null. */
export function readerOf(head: Uint8Array, path: string): Reader | null {
  return readers.find((reader) => reader.detects(head, path)) ?? null;
}

/** The reader of stores whose kind `path` is, or null. */
export async function storeReaderOf(path: string): Promise<StoreReader | null> {
  for (const reader of storeReaders) if (await reader.detects(path)) return reader;
  return null;
}

export type NamedReader =
  { readonly kind: 'file'; readonly reader: Reader } | { readonly kind: 'store'; readonly reader: StoreReader };

/** The reader that `--format` names. @throws RangeError where there is none, naming those there are. */
export function readerNamed(format: string): NamedReader {
  const reader = readers.find((one) => one.format === format);
  if (reader !== undefined) return { kind: 'file', reader };
  const store = storeReaders.find((one) => one.format === format);
  if (store !== undefined) return { kind: 'store', reader: store };
  const known = [...readers, ...storeReaders].map((one) => one.format);
  throw new RangeError(`unknown format "${format}"; use one of ${known.join(', ')}`);
}
