import { pause } from './backoff.js';

/** What is known about a host while a program runs. */
interface Host {
  active: number;
  readonly waiting: (() => void)[];
  /** Nothing is asked before this instant: the host said so. */
  notBefore: number;
  /** ms between the beginnings of two requests (robots.txt `Crawl-delay`). */
  spacing: number;
  nextStart: number;
}

/** At most so many connections to one host. */
export const connectionsPerHost = 2;

/** Keeps requests to one host few and apart, whatever source they belong to. */
export class HostQueue {
  readonly #hosts = new Map<string, Host>();

  /** Runs `work` when the host has a place for it. */
  async run<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const leave = await this.enter(host, signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Waits for a place; call what it gives when the connection is closed. */
  async enter(host: string, signal: AbortSignal): Promise<() => void> {
    const place = this.#host(host);
    if (place.active >= connectionsPerHost) await new Promise<void>((resolve) => place.waiting.push(resolve));
    else place.active++;
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      const next = place.waiting.shift();
      if (next === undefined) place.active--;
      else next();
    };
    try {
      await this.#moment(place, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** The host asked to be left alone until then (ms since 1970). */
  holdOff(host: string, until: number): void {
    const place = this.#host(host);
    place.notBefore = Math.max(place.notBefore, until);
  }

  /** When the host may be asked again; in the past where it said nothing. */
  heldUntil(host: string): number {
    return this.#host(host).notBefore;
  }

  space(host: string, ms: number): void {
    this.#host(host).spacing = ms;
  }

  async #moment(place: Host, signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const start = Math.max(now, place.notBefore, place.nextStart);
    place.nextStart = start + place.spacing;
    await pause(start - now, signal);
  }

  #host(name: string): Host {
    let place = this.#hosts.get(name);
    if (place === undefined) {
      place = { active: 0, waiting: [], notBefore: 0, spacing: 0, nextStart: 0 };
      this.#hosts.set(name, place);
    }
    return place;
  }
}
