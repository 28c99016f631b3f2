import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What the server does with one request. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A small web server whose pages and faults a test chooses. */
export interface FaultyServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Every request so far: `GET /path?query`. */
  readonly requests: string[];
  readonly agents: Set<string>;
  /** The most requests that were under way at once. */
  readonly busiest: { count: number };
  /** Content by path (with its query, or without). */
  readonly pages: Map<string, string | Buffer | Behaviour>;
  /** What comes before the pages, once for each request: faults of the next requests. */
  readonly faults: Behaviour[];
  close(): Promise<void>;
}

export async function faultyServer(): Promise<FaultyServer> {
  const pages: FaultyServer['pages'] = new Map();
  const faults: Behaviour[] = [];
  const requests: string[] = [];
  const agents = new Set<string>();
  const busiest = { count: 0 };
  let underWay = 0;
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    requests.push(`${request.method ?? ''} ${url}`);
    agents.add(request.headers['user-agent'] ?? '');
    busiest.count = Math.max(busiest.count, ++underWay);
    response.once('close', () => underWay--);
    const page = faults.shift() ?? pages.get(url) ?? pages.get(url.split('?', 1)[0] ?? '');
    if (typeof page === 'function') page(request, response);
    else if (page === undefined) status(404)(request, response);
    else withEtag(page)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    agents,
    busiest,
    pages,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Content with an ETag of its own, and 304 where that is known. */
export function withEtag(content: string | Buffer): Behaviour {
  return (request, response) => {
    const etag = `"${createHash('sha1').update(content).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    const type =
      typeof content === 'string' && /^\s*[[{]/.test(content) ? 'application/json' : 'text/html; charset=utf-8';
    response.writeHead(200, { etag, 'content-type': type }).end(content);
  };
}

export function status(code: number, headers: Record<string, string> = {}, body = ''): Behaviour {
  return (_request, response) => void response.writeHead(code, headers).end(body);
}

export function redirect(to: string): Behaviour {
  return status(302, { location: to });
}

/** Says that more comes than does, and breaks off. */
export function cut(content: string): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': String(content.length + 1000) });
    response.write(content, () => response.destroy());
  };
}

/** A file that is given from where a client asks for it (RFC 9110, 14), as long as that holds the same version; each answer breaks off after `most` octets. */
export function ranged(content: Buffer, { etag, most = Infinity }: { etag: string; most?: number }): Behaviour {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const goesOn = from > 0 && request.headers['if-range'] === etag;
    if (goesOn && from >= content.length) return void response.writeHead(416).end();
    const sent = content.subarray(goesOn ? from : 0);
    response.writeHead(goesOn ? 206 : 200, {
      ...{ etag, 'content-length': sent.length },
      ...(goesOn ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    if (sent.length <= most) response.end(sent);
    else response.write(sent.subarray(0, most), () => response.destroy());
  };
}

/** Takes the request and never answers. */
export const silent: Behaviour = () => undefined;

/** Begins an answer and never ends it. */
export function stalled(content: string): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(content);
  };
}

/** An answer of few octets that unpacks to `megabytes`. */
export function bomb(megabytes: number): Behaviour {
  const packed = gzipSync(Buffer.alloc(megabytes * 2 ** 20, 0x20));
  return (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
}
