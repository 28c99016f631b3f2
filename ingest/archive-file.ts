import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ArchiveFile, SkipReason } from './readers/reader.js';

/** How much of a file detection sees. */
export const headLength = 64 * 1024;

const chunkLength = 1 << 20;

/** Guards against files that unpack to far more than they are. */
export interface UnpackLimits {
  /** Octets after decompression, in one file. */
  readonly maxOctets: number;
  /**
   * Octets out per octet in. Only looked at beyond 64 MiB of output: mail compresses 3 to 10 times, a month of
   * robot mails 40 times, a bomb (deflate's limit) 1,032 times.
   */
  readonly maxRatio: number;
}

export const defaultUnpackLimits: UnpackLimits = { maxOctets: 64 * 2 ** 30, maxRatio: 200 };

const ratioGrace = 64 * 2 ** 20;

/** A file (or the rest of it) cannot be read. `reason` is what `ingest` counts it under. */
export class ArchiveReadError extends Error {
  readonly reason: SkipReason;
  readonly path: string;

  constructor(reason: SkipReason, path: string, advice: string, cause?: unknown) {
    super(`${path}: ${advice}`, { cause });
    this.name = 'ArchiveReadError';
    this.reason = reason;
    this.path = path;
  }
}

export interface OpenOptions {
  readonly source: string;
  readonly list: string | null;
  readonly limits?: UnpackLimits;
}

/**
 * Opens a plain or gzip-compressed (told by its first octets, RFC 1952, several members too) file for reading.
 *
 * @throws ArchiveReadError with `empty`, `unreadable`, or, where even the head cannot be unpacked, `truncated`.
 */
export async function openArchiveFile(path: string, options: OpenOptions): Promise<ArchiveFile> {
  const start = await firstOctets(path);
  if (start.length === 0) throw new ArchiveReadError('empty', path, 'the file is empty');
  const limits = options.limits ?? defaultUnpackLimits;
  const octets = isGzip(start) ? () => unpacked(path, limits) : () => plain(path);
  return { path, source: options.source, list: options.list, head: await headOf(octets()), octets };
}

/** Whether `head` starts a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

async function firstOctets(path: string): Promise<Uint8Array> {
  try {
    if (!(await stat(path)).isFile()) throw new ArchiveReadError('unreadable', path, 'not a regular file');
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asReadError(error, path);
  }
}

async function headOf(octets: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of octets) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headLength) break;
    }
  } catch (error) {
    // A truncated file still shows what it is; the error comes again when it is read.
    if (length === 0) throw error;
  }
  return Buffer.concat(chunks).subarray(0, headLength);
}

async function* plain(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkLength }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw asReadError(error, path);
  }
}

async function* unpacked(path: string, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  const packed = createReadStream(path, { highWaterMark: chunkLength });
  const unpacking = createGunzip({ chunkSize: chunkLength });
  pipeline(packed, unpacking, () => undefined);
  let length = 0;
  try {
    for await (const chunk of unpacking as AsyncIterable<Buffer>) {
      length += chunk.length;
      const ratio = length / Math.max(1, unpacking.bytesWritten);
      if (length > limits.maxOctets || (length > ratioGrace && ratio > limits.maxRatio))
        throw new ArchiveReadError(
          'compression-bomb',
          path,
          `unpacks to more than ${String(length)} octets (${ratio.toFixed(0)} times its size); unpack it by hand if you trust it`,
        );
      yield chunk;
    }
  } catch (error) {
    throw asReadError(error, path);
  } finally {
    packed.destroy();
    unpacking.destroy();
  }
}

function asReadError(error: unknown, path: string): ArchiveReadError {
  if (error instanceof ArchiveReadError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR')
    return new ArchiveReadError('truncated', path, 'the gzip file ends too early; fetch it again', error);
  if (code.startsWith('Z_'))
    return new ArchiveReadError('malformed', path, 'the gzip file is damaged; fetch it again', error);
  return new ArchiveReadError('unreadable', path, `cannot be read (${code})`, error);
}
