import type { Dispatcher } from 'undici';
import { retryAfter } from './backoff.js';
import { isChallenge } from './challenge.js';
import type { Validators } from './http.js';
import { LiveError } from './live-error.js';

/** @throws LiveError where an answer is none that can be used */
export function checkAnswer(answer: Dispatcher.ResponseData, url: URL, start: string): void {
  const { statusCode: status } = answer;
  if (isChallenge({ mitigated: headerOf(answer, 'cf-mitigated') }, start))
    throw new LiveError(
      'challenge',
      `${url.host} answered with a challenge page for browsers (status ${status}); it is not worked around: follow the list over git or NNTP, or ask the archive's keepers`,
    );
  if (status >= 200 && status < 300) return;
  if (status === 429 || status === 503) {
    const until = retryAfter(headerOf(answer, 'retry-after'), Date.now());
    const when = until === null ? '' : ` until ${new Date(until).toISOString()}`;
    throw new LiveError('busy', `${url.host} asks to be left alone${when} (status ${status})`, { notBefore: until });
  }
  if (status >= 500 || status === 408)
    throw new LiveError(
      'busy',
      `${url.host} cannot answer now (status ${status} for ${url.pathname}); it is tried again`,
    );
  const denied = status === 401 || status === 403;
  throw new LiveError(
    'missing',
    `${url.href} ${denied ? 'is not open to this program' : 'is not there'} (status ${status}); check the URL`,
  );
}

export function toldToWait(url: URL, until: number): LiveError {
  return new LiveError('busy', `${url.host} asks to be left alone until ${new Date(until).toISOString()}`, {
    notBefore: until,
  });
}

/** Everything that undici, the network and zlib throw, in words. A full disk stays what it is. */
export function asLiveError(error: unknown, url: URL): LiveError {
  if (error instanceof LiveError) return error;
  const { name = '', message = '', cause } = error as Error;
  // That of an aborted request is a number.
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (cause instanceof LiveError) return cause;
  if (['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(code)) throw error;
  if (code === 'Z_BUF_ERROR')
    return new LiveError('network', `${url.host} broke off in the middle of an answer`, { cause: error });
  if (code.startsWith('Z_'))
    return new LiveError('not-understood', `${url.host}: damaged compression in the answer`, { cause: error });
  if (name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(code))
    return new LiveError('network', `${url.host} takes too long to answer`, { cause: error });
  return new LiveError('network', `${url.host} cannot be reached, or broke off (${code || message.slice(0, 200)})`, {
    cause: error,
  });
}

export function validatorsOf(answer: Dispatcher.ResponseData): Validators {
  return { etag: headerOf(answer, 'etag'), lastModified: headerOf(answer, 'last-modified') };
}

export function headerOf(answer: Dispatcher.ResponseData, name: string): string | null {
  const value = answer.headers[name];
  return value === undefined ? null : String(value).slice(0, 8192);
}
