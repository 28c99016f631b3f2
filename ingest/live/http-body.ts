import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { headerOf } from './http-answer.js';
import { LiveError } from './live-error.js';

/** The body, unpacked; never more than `limit` octets of it. @throws LiveError (`too-large`, `not-understood`), and what the network and zlib throw */
export async function readBody(answer: Dispatcher.ResponseData, limit: number, url: URL): Promise<Buffer> {
  const encoding = headerOf(answer, 'content-encoding') ?? 'identity';
  const body: Readable = answer.body;
  if (!/^(?:identity|x-gzip|gzip)$/i.test(encoding))
    throw new LiveError(
      'not-understood',
      `${url.host} answered in an encoding that was not asked for (${encoding.slice(0, 40)})`,
    );
  if (/identity/i.test(encoding)) return collect(body, limit, url);
  const unpacking = createGunzip();
  body.once('error', (error) => unpacking.destroy(error));
  body.pipe(unpacking);
  try {
    return await collect(unpacking, limit, url);
  } finally {
    body.destroy();
    unpacking.destroy();
  }
}

async function collect(stream: Readable, limit: number, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(url, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Writes the body to a file as it comes, from its octet `from` on. @throws LiveError (`too-large`), and what the network and the disk throw */
export async function writeBody(
  body: Readable,
  { path, from, limit }: { readonly path: string; readonly from: number; readonly limit: number },
  url: URL,
): Promise<void> {
  let length = from;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > limit) throw tooLarge(url, limit);
      yield chunk;
    }
  }
  await pipeline(body, counted, createWriteStream(path, { flags: from === 0 ? 'w' : 'a' }));
}

function tooLarge(url: URL, limit: number): LiveError {
  return new LiveError('too-large', `${url.href} is larger than ${Math.round(limit / 2 ** 20)} MiB; it is not read`);
}
