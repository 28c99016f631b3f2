import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressGuard } from '../../../ingest/live/address-guard.js';
import { openHttp, type HttpClient, type HttpOptions } from '../../../ingest/live/http.js';
import {
  bomb,
  cut,
  faultyServer,
  redirect,
  silent,
  stalled,
  status,
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
