import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressGuard } from '../../../ingest/live/address-guard.js';
import { openHttp, type HttpClient, type HttpOptions } from '../../../ingest/live/http.js';
import {
  bomb,
  cut,
  faultyServer,
  ranged,
  redirect,
  silent,
  stalled,
  status,
  withEtag,
  type Behaviour,
  type FaultyServer,
} from '../../archive-servers/faulty.js';
import { onLoopback, version } from './library.js';

let server: FaultyServer;
let http: HttpClient;
const opened: HttpClient[] = [];
const { signal } = new AbortController();

function client(options: Partial<HttpOptions> = {}): HttpClient {
  const made = openHttp({ ...onLoopback, ...options });
  opened.push(made);
  return made;
}

function at(path: string): URL {
  return new URL(path, server.origin);
}

async function textAt(path: string): Promise<string> {
  const answer = await http.get(at(path), { signal });
  return answer.kind === 'fetched' ? answer.octets.toString() : answer.kind;
}

beforeEach(async () => {
  server = await faultyServer();
  server.pages.set('/page', 'the page');
  http = client({ limits: { pageOctets: 2 ** 20, silenceMs: 300, pageMs: 600 } });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await server.close();
});

describe('what is sent', () => {
  it('names the program, its version and whom to write to', async () => {
    await textAt('/page');
    expect([...server.agents]).toEqual([
      `threadlore/${version} (mailing-list archive reader; mailto:tests@example.org)`,
    ]);
  });

  it('never has more than two requests to one host under way', async () => {
    server.pages.set('/slow', (_request, response) => void setTimeout(() => response.end('late'), 30));
    await Promise.all(Array.from({ length: 8 }, () => textAt('/slow')));
    expect(server.busiest.count).toBe(2);
  });

  it('asks for what it holds by ETag, and takes "not modified" for an answer', async () => {
    const first = await http.get(at('/page'), { signal });
    const known = first.kind === 'fetched' ? first.validators : null;
    expect(await http.get(at('/page'), { signal, known })).toEqual({ kind: 'unchanged' });
  });
});

describe('what may work later', () => {
  it.each([
    ['a status of 500', status(500)],
    ['an answer that is cut', cut('the p')],
    ['a status of 429 without a time', status(429)],
    ['a status of 503 with a time', status(503, { 'retry-after': '0' })],
    ['no answer at all', silent],
  ])('is tried again: %s', async (_what, fault) => {
    server.faults.push(fault);
    expect(await textAt('/page')).toBe('the page');
    expect(server.requests).toHaveLength(2);
  });

  it('waits for as long as Retry-After says', async () => {
    server.faults.push(status(429, { 'retry-after': '1' }));
    const began = performance.now();
    await textAt('/page');
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('leaves a host alone that asks for more time than a sync has, and says until when', async () => {
    server.faults.push(status(503, { 'retry-after': '3600' }));
    const failure = await textAt('/page').catch((error: unknown) => error);
    expect(failure).toMatchObject({ fault: 'busy' });
    expect((failure as { notBefore: number }).notBefore).toBeGreaterThan(Date.now() + 3_500_000);
    await expect(textAt('/page')).rejects.toMatchObject({ fault: 'busy' });
    expect(server.requests).toHaveLength(1);
  });

  it('gives up after some tries', async () => {
    server.faults.push(status(500), status(502), status(504));
    await expect(textAt('/page')).rejects.toMatchObject({ fault: 'busy' });
    expect(server.requests).toHaveLength(3);
  });

  it('ends an answer that never ends', async () => {
    server.faults.push(stalled('a'), stalled('a'), stalled('a'));
    await expect(textAt('/page')).rejects.toMatchObject({
      fault: 'network',
      message: expect.stringContaining('too long'),
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['a page that is too large', '/large', 'too-large'],
    ['a gzip bomb', '/bomb', 'too-large'],
    ['a challenge page', '/challenge', 'challenge'],
    ['a redirect to a file', '/to-file', 'forbidden'],
    ['a redirect that goes round', '/round', 'network'],
    ['a page that is not there', '/nothing', 'missing'],
  ])('%s', async (_what, path, fault) => {
    server.pages.set('/large', Buffer.alloc(2 ** 21, 0x61));
    server.pages.set('/bomb', bomb(64));
    server.pages.set('/challenge', status(200, {}, '<html><title>Making sure you&#39;re not a bot!</title>'));
    server.pages.set('/to-file', redirect('file:///etc/passwd'));
    server.pages.set('/round', redirect('/round'));
    await expect(textAt(path)).rejects.toMatchObject({ fault });
  });

  it.each([
    'http://127.0.0.1:9/',
    'http://localhost:9/',
    'http://[::1]:9/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f000001/',
  ])('an address of a private network: %s', async (url) => {
    const careful = client({ allowPrivate: false });
    await expect(careful.get(new URL(url), { signal })).rejects.toMatchObject({
      fault: 'forbidden',
      message: expect.stringContaining('ALLOW_PRIVATE_NETWORKS'),
    });
    expect(server.requests).toEqual([]);
  });

  it('a redirect into a private network, by address or by name', async () => {
    // What a test can reach is private: here the server's own address is allowed, and no other.
    const guard = addressGuard(false, (address) => address === '127.0.0.1');
    const careful = openHttp(onLoopback, guard);
    opened.push(careful);
    for (const target of [
      'http://127.0.0.2/',
      'http://169.254.169.254/latest/meta-data/',
      'http://[::1]/',
      'http://10.0.0.1:8080/',
    ]) {
      server.pages.set('/inside', redirect(target));
      await expect(careful.get(at('/inside'), { signal })).rejects.toMatchObject({ fault: 'forbidden' });
    }
    expect(await careful.get(at('/page'), { signal })).toMatchObject({ kind: 'fetched' });
  });

  it('follows a redirect within what is allowed, and writes files up to their limit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'threadlore-test-'));
    server.pages.set('/moved', redirect('/page'));
    await http.download(at('/moved'), join(folder, 'file'), { signal });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('the page');
    const small = client({ limits: { fileOctets: 4 } });
    await expect(small.download(at('/page'), join(folder, 'file'), { signal })).rejects.toMatchObject({
      fault: 'too-large',
    });
    rmSync(folder, { recursive: true });
  });
});

describe('a large file that breaks off', () => {
  // What is in memory when the line breaks is lost: parts must be larger than that.
  const content = Buffer.alloc(3 * 2 ** 20, 'The float of the gauge sticks.');
  const patient = { attempts: 9, baseMs: 1, capMs: 1, longestWaitMs: 1 };
  let path: string;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'threadlore-test-'));
    path = join(folder, 'all.mbox.gz');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What each request asked for. */
  const ranges: string[] = [];
  function serve(behaviour: Behaviour): void {
    ranges.length = 0;
    server.pages.set('/all.mbox.gz', (request, response) => {
      ranges.push(request.headers.range ?? 'all');
      behaviour(request, response);
    });
  }
  const fetchIt = (one = http): Promise<unknown> => one.download(at('/all.mbox.gz'), path, { signal });

  it('is gone on with where it broke off, in the same sync and in the next', async () => {
    serve(ranged(content, { etag: '"a"', most: 2 ** 20 }));
    const impatient = client({ retries: { attempts: 1, baseMs: 1, capMs: 1, longestWaitMs: 1 } });
    await expect(fetchIt(impatient)).rejects.toMatchObject({ fault: 'network' });
    expect(readdirSync(folder)).not.toContain('all.mbox.gz');
    await fetchIt(client({ retries: patient }));
    expect(readFileSync(path).equals(content)).toBe(true);
    const begins = ranges.map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0));
    expect(begins.length).toBeGreaterThanOrEqual(3);
    expect(begins).toEqual([...new Set(begins)].sort((one, other) => one - other));
    expect(readdirSync(folder)).toEqual(['all.mbox.gz']);
  });

  it.each([
    ['the file changed meanwhile', ranged(Buffer.from(content).reverse(), { etag: '"b"' })],
    ['the server gives no parts', withEtag(Buffer.from(content).reverse())],
  ])('is fetched anew where %s', async (_what, now) => {
    writeFileSync(`${path}.part`, content.subarray(0, 1500));
    writeFileSync(`${path}.part.json`, JSON.stringify({ url: at('/all.mbox.gz').href, validator: '"a"' }));
    serve(now);
    await fetchIt();
    expect(readFileSync(path).equals(Buffer.from(content).reverse())).toBe(true);
    expect(ranges).toEqual(['bytes=1500-']);
  });

  it.each([
    ['a weak ETag', { etag: 'W/"a"' }],
    ['no word on its version', {}],
    ['a date that is too young to tell versions apart', { 'last-modified': new Date().toUTCString() }],
  ])('is fetched anew where it has %s', async (_what, headers) => {
    const half: Behaviour = (_request, response) => {
      response.writeHead(200, { ...headers, 'content-length': content.length });
      response.write(content.subarray(0, 1500), () => response.destroy());
    };
    const whole: Behaviour = (_request, response) => void response.writeHead(200, headers).end(content);
    let asked = 0;
    serve((request, response) => (asked++ === 0 ? half : whole)(request, response));
    await fetchIt();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(ranges).toEqual(['all', 'all']);
  });

  it.each([
    ['gives another part than was asked for', 'bytes 7-4999/5000'],
    ['says less than is there', 'bytes 1500-4999/4000'],
  ])('is fetched anew where the server %s', async (_what, contentRange) => {
    writeFileSync(`${path}.part`, content.subarray(0, 1500));
    writeFileSync(`${path}.part.json`, JSON.stringify({ url: at('/all.mbox.gz').href, validator: '"a"' }));
    serve((request, response) => {
      if (request.headers.range === undefined) return ranged(content, { etag: '"a"' })(request, response);
      response.writeHead(206, { etag: '"a"', 'content-range': contentRange }).end(content.subarray(1500));
    });
    await fetchIt();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(ranges).toEqual(['bytes=1500-', 'all']);
  });

  it('is refused beyond the limit, however many parts it comes in, and leaves nothing', async () => {
    serve(ranged(content, { etag: '"a"', most: 2 ** 20 }));
    const small = client({
      limits: { fileOctets: 1.5 * 2 ** 20 },
      retries: patient,
    });
    await expect(fetchIt(small)).rejects.toMatchObject({ fault: 'too-large' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
