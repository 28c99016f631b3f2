import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AddressGuard } from './address-guard.js';
import { LiveError } from './live-error.js';
import { GrowingBuffer } from './growing-buffer.js';
import { unstuffed } from './nntp-text.js';

/** A status line (RFC 3977, 3.2). */
export interface Reply {
  readonly code: number;
  readonly text: string;
}

/** RFC 3977, 3.1 allows 512 octets; Message-IDs and greetings of real servers stay below this. */
const longestLine = 8_192;
const terminator = Buffer.from('\r\n.\r\n');

/** One connection to a news server. Commands may be sent ahead; replies come in their order. */
export class NntpConnection {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #incoming: AsyncIterator<Buffer>;
  readonly #data = new GrowingBuffer();

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    this.#incoming = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Connects and reads the greeting. @throws LiveError */
  static async open(url: URL, guard: AddressGuard, silenceMs: number, signal: AbortSignal): Promise<NntpConnection> {
    const secure = url.protocol === 'nntps:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    await guard.addressesOf(host);
    signal.throwIfAborted();
    const options = { host, port: Number(url.port || (secure ? 563 : 119)), lookup: guard.lookup };
    const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const socket = secure ? connectTls({ ...options, ...named }) : connectPlain(options);
    socket.setTimeout(silenceMs, () => socket.destroy(new LiveError('network', `${url.host} is silent for too long`)));
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    const connection = new NntpConnection(socket, url.host);
    try {
      const greeting = await connection.reply();
      if (greeting.code !== 200 && greeting.code !== 201)
        throw new LiveError('busy', `${url.host} takes no readers now (${greeting.code} ${greeting.text})`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Sends commands; each must be one line. */
  send(...commands: readonly string[]): void {
    this.#socket.write(commands.map((command) => `${command}\r\n`).join(''));
  }

  async ask(command: string): Promise<Reply> {
    this.send(command);
    return this.reply();
  }

  /** The next status line. @throws LiveError where the line broke off or is none */
  async reply(): Promise<Reply> {
    const line = await this.#line();
    const [, code, text = ''] = /^([1-5]\d\d)(?: (.*))?$/.exec(line) ?? [];
    if (code === undefined)
      throw new LiveError('not-understood', `${this.#host} is no news server (it said "${line.slice(0, 60)}")`);
    return { code: Number(code), text };
  }

  /** The block that follows a reply (RFC 3977, 3.1.1), dots taken off, lines ended by `\n`. @throws LiveError (`too-large`): close the connection then */
  async block(limit: number): Promise<Buffer> {
    const data = this.#data;
    for (let from = 0; ;) {
      if (data.length >= 3 && data.startsWith('.\r\n')) {
        data.drop(3);
        return Buffer.alloc(0);
      }
      const end = data.indexOf(terminator, from);
      if (end >= 0) {
        const text = unstuffed(data.view(end + 2));
        data.drop(end + terminator.length);
        return text;
      }
      if (data.length > limit)
        throw new LiveError('too-large', `${this.#host} sends more than ${limit / 2 ** 20} MiB for one answer`);
      from = Math.max(0, data.length - terminator.length);
      await this.#more();
    }
  }

  close(): void {
    this.#socket.on('error', () => undefined);
    if (this.#socket.writable) this.#socket.end('QUIT\r\n');
    this.#socket.destroySoon();
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#data.indexOf('\n', 0);
      if (end >= 0) {
        const line = this.#data.view(end).toString('utf8').replace(/\r$/, '');
        this.#data.drop(end + 1);
        return line;
      }
      if (this.#data.length > longestLine)
        throw new LiveError('not-understood', `${this.#host} is no news server (a line without end)`);
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    try {
      const { done, value } = await this.#incoming.next();
      if (done !== true) return this.#data.add(value);
    } catch (cause) {
      if (cause instanceof LiveError) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new LiveError('network', `${this.#host} cannot be reached, or broke off (${code ?? message})`, { cause });
    }
    throw new LiveError('network', `${this.#host} closed the connection`);
  }
}
