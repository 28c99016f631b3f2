import { setTimeout as sleep } from 'node:timers/promises';

/** How often and after how long something is tried again. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** The wait before the second try, in ms; each further one is twice as long. */
  readonly baseMs: number;
  readonly capMs: number;
  /** A server that asks for a longer pause is left alone until the next sync. */
  readonly longestWaitMs: number;
}

export const defaultRetries: RetryPolicy = { attempts: 4, baseMs: 1_000, capMs: 60_000, longestWaitMs: 120_000 };

/** The wait before try number `attempt` (the first is 1): exponential, half of it by chance, so that clients do not come back in step. */
export function backoff(
  attempt: number,
  { baseMs, capMs }: Pick<RetryPolicy, 'baseMs' | 'capMs'>,
  random = Math.random,
): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return full / 2 + (full / 2) * random();
}

/** A length of time, longer or shorter by up to `share` of it. */
export function jittered(ms: number, share = 0.2, random = Math.random): number {
  return ms * (1 - share + 2 * share * random());
}

/** `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as the instant (ms since 1970) that it names; null where it is missing or unusable. */
export function retryAfter(header: string | null, now: number): number | null {
  const value = (header ?? '').trim();
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1_000;
  const at = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value.slice(0, 64)) : NaN;
  return Number.isNaN(at) ? null : Math.max(now, at);
}

/** Waits; ends with the signal's reason when that is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await sleep(Math.min(ms, 2 ** 31 - 1), undefined, { signal }).catch(() => signal.throwIfAborted());
}
