import type { ArchiveFile } from '../../ingest/readers/reader.js';

export interface MemoryFileOptions {
  readonly path?: string;
  readonly list?: string | null;
  /** Octets per chunk; all in one where it is left out. */
  readonly chunk?: number;
}

/** An `ArchiveFile` over octets in memory. */
export function memoryFile(content: Uint8Array | string, options: MemoryFileOptions = {}): ArchiveFile {
  const octets = typeof content === 'string' ? Buffer.from(content) : content;
  const path = options.path ?? 'memory';
  const chunk = options.chunk ?? Math.max(1, octets.length);
  return {
    path,
    source: path,
    list: options.list ?? null,
    head: octets.subarray(0, 64 * 1024),
    async *octets() {
      for (let start = 0; start < octets.length; start += chunk) yield octets.subarray(start, start + chunk);
    },
  };
}

/** Everything that an async iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
