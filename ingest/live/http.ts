import { Agent, request, type Dispatcher } from 'undici';
import { addressGuard, safeUrl, type AddressGuard } from './address-guard.js';
import { backoff, defaultRetries, pause, type RetryPolicy } from './backoff.js';
import { asLiveError, checkAnswer, headerOf, toldToWait, validatorsOf } from './http-answer.js';
import { readBody } from './http-body.js';
import { saveBody } from './http-download.js';
import { connectionsPerHost, HostQueue } from './host-queue.js';
import { LiveError } from './live-error.js';
import { partOf, type Part } from './part-file.js';
import { userAgent } from './user-agent.js';

export interface HttpOptions {
  /** Who answers for this program's requests: a mail address or URL; part of the User-Agent. */
  readonly contact: string | null;
  readonly allowPrivate: boolean;
  readonly retries?: RetryPolicy;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  /** Octets of a page, feed, answer or single mail, after decompression. */
  readonly pageOctets: number;
  /** Octets of an mbox file or the like, as they come over the line. */
  readonly fileOctets: number;
  /** ms until the answer begins, and between two pieces of it. */
  readonly silenceMs: number;
  /** ms for a page in all. */
  readonly pageMs: number;
  /** ms for a file in all. */
  readonly fileMs: number;
}

const defaultLimits: HttpLimits = {
  pageOctets: 32 * 2 ** 20,
  fileOctets: 16 * 2 ** 30,
  silenceMs: 60_000,
  pageMs: 180_000,
  fileMs: 6 * 3_600_000,
};

/** What tells whether a thing changed since (RFC 9110, 8.8). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface HttpRequest {
  readonly signal: AbortSignal;
  /** What was said of the thing when it was fetched last: `unchanged` where that still holds. */
  readonly known?: Validators | null;
  readonly method?: 'GET' | 'POST';
  readonly accept?: string;
}

export type Fetched =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'fetched';
      /** Where it was in the end. */
      readonly url: URL;
      readonly octets: Buffer;
      readonly type: string;
      readonly validators: Validators;
      readonly link: string | null;
    };

export type Downloaded =
  { readonly kind: 'unchanged' } | { readonly kind: 'downloaded'; readonly url: URL; readonly validators: Validators };

/** Fetches from archive servers: politely (named, two connections a host, pauses where told) and safely (checked addresses, limits). */
export interface HttpClient {
  readonly guard: AddressGuard;
  readonly queue: HostQueue;
  readonly agent: string;
  /** Requests sent so far, redirects and repetitions included. */
  readonly sent: { requests: number };
  /** A page, feed, JSON answer or single mail. @throws LiveError; `missing` for 404 and 410 */
  get(url: URL, request: HttpRequest): Promise<Fetched>;
  /** Writes to a file at `path`, once all of it came; what is already compressed stays so. Goes on where it broke off last. @throws LiveError */
  download(url: URL, path: string, request: HttpRequest): Promise<Downloaded>;
  close(): Promise<void>;
}

const redirects = 5;

export function openHttp(options: HttpOptions, guard = addressGuard(options.allowPrivate)): HttpClient {
  const retries = options.retries ?? defaultRetries;
  const limits = { ...defaultLimits, ...options.limits };
  const agent = userAgent(options.contact);
  const queue = new HostQueue();
  const sent = { requests: 0 };
  const dispatcher = new Agent({
    connections: connectionsPerHost,
    connect: { lookup: guard.lookup, timeout: Math.min(30_000, limits.silenceMs) },
    headersTimeout: limits.silenceMs,
    bodyTimeout: limits.silenceMs,
  });

  /** One request and its redirects; `consume` reads the answer's body. */
  async function ask(
    url: URL,
    about: HttpRequest & { readonly part?: Part | null },
    encoding: string,
    deadline: number,
    consume: (answer: Dispatcher.ResponseData, url: URL) => Promise<void>,
  ): Promise<{ url: URL; answer: Dispatcher.ResponseData }> {
    let at = url;
    for (let hop = 0; hop <= redirects; hop++) {
      checkHost(at, guard);
      const signal = AbortSignal.any([about.signal, AbortSignal.timeout(deadline)]);
      const step = await queue.run(at.hostname, about.signal, async () => {
        sent.requests++;
        const answer = await request(at, {
          dispatcher,
          method: about.method ?? 'GET',
          headers: headersFor(about, agent, encoding),
          signal,
        });
        const next = locationOf(answer, at);
        if (next === null) await consume(answer, at);
        // Nobody reads it: the connection is for the next request.
        if (!answer.body.readableEnded) await answer.body.dump({ limit: 65_536 }).catch(() => undefined);
        return { answer, next };
      });
      if (step.next === null) return { url: at, answer: step.answer };
      at = step.next;
    }
    throw new LiveError('network', `${url.host}: more than ${redirects} redirects from ${url.href}`);
  }

  /** Tries again what may work later. */
  async function persistently<T>(url: URL, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const held = queue.heldUntil(url.hostname);
      if (held - Date.now() > retries.longestWaitMs) throw toldToWait(url, held);
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        const failure = asLiveError(error, url);
        if (failure.fault === 'busy' && failure.notBefore !== null) queue.holdOff(url.hostname, failure.notBefore);
        const wait = (failure.notBefore ?? 0) - Date.now();
        const hopeless = failure.fault !== 'busy' && failure.fault !== 'network';
        if (hopeless || attempt >= retries.attempts || wait > retries.longestWaitMs) throw failure;
        await pause(Math.max(wait, backoff(attempt, retries)), signal);
      }
    }
  }

  return {
    guard,
    queue,
    agent,
    sent,
    get: (url, about) =>
      persistently(url, about.signal, async () => {
        let octets: Buffer = Buffer.alloc(0);
        const { url: at, answer } = await ask(url, about, 'gzip', limits.pageMs, async (response, where) => {
          octets = await readBody(response, limits.pageOctets, where);
        });
        if (answer.statusCode === 304) return { kind: 'unchanged' };
        checkAnswer(answer, at, octets.toString('latin1', 0, 65_536));
        return {
          kind: 'fetched',
          url: at,
          octets,
          type: headerOf(answer, 'content-type') ?? '',
          validators: validatorsOf(answer),
          link: headerOf(answer, 'link'),
        };
      }),
    download: (url, path, about) =>
      persistently(url, about.signal, async () => {
        const part = await partOf(path, url);
        const saving = { url, path, part, limit: limits.fileOctets };
        const { url: at, answer } = await ask(
          url,
          { ...about, part },
          'identity',
          limits.fileMs,
          async (response, where) => saveBody(response, saving, where),
        );
        if (answer.statusCode === 304) return { kind: 'unchanged' };
        return { kind: 'downloaded', url: at, validators: validatorsOf(answer) };
      }),
    close: () => dispatcher.destroy(),
  };
}

function headersFor(
  { known, accept, part }: HttpRequest & { readonly part?: Part | null },
  agent: string,
  encoding: string,
): Record<string, string> {
  return {
    'user-agent': agent,
    'accept-encoding': encoding,
    accept: accept ?? '*/*',
    ...(known?.etag == null ? {} : { 'if-none-match': known.etag }),
    ...(known?.lastModified == null ? {} : { 'if-modified-since': known.lastModified }),
    ...(part == null ? {} : { range: `bytes=${part.octets}-`, 'if-range': part.validator }),
  };
}

/** Names are checked when they are resolved; `net.connect` resolves no literals. */
function checkHost(url: URL, guard: AddressGuard): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new LiveError('forbidden', `${url.host}: a redirect to ${url.protocol} is not followed`);
  const literal = /^\[|^[\d.]+$/.test(url.hostname);
  if (literal && !guard.allows(url.hostname))
    throw new LiveError(
      'forbidden',
      `${url.host} is an address of a private network; set ALLOW_PRIVATE_NETWORKS=1 if it is meant`,
    );
}

function locationOf(answer: Dispatcher.ResponseData, at: URL): URL | null {
  const location = headerOf(answer, 'location');
  return location !== null && [301, 302, 303, 307, 308].includes(answer.statusCode) ? safeUrl(location, at) : null;
}
