import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { botToken, guild, ids, people } from './world.js';

const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
} as const;

interface Frame {
  readonly op: number;
  readonly d?: unknown;
  readonly s?: number | null;
  readonly t?: string | null;
}

/** The gateway, version 10 (https://discord.com/developers/docs/events/gateway): one session, which can be dropped and resumed. */
export class LoopbackGateway {
  readonly #sockets = new Set<WebSocket>();
  readonly #server: WebSocketServer;
  /** Everything dispatched in this session, for RESUME: sequence numbers begin at 1. */
  readonly #dispatched: Frame[] = [];
  #ready: WebSocket | null = null;
  #port = 0;
  identifies: { readonly intents: number; readonly token: string; readonly shard?: readonly [number, number] }[] = [];
  resumes = 0;
  heartbeats = 0;

  constructor(server: Server) {
    this.#server = new WebSocketServer({ server, path: '/gateway' });
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  set port(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/gateway`;
  }

  /** Sends an event. While nobody is connected it waits for RESUME, as Discord's do. */
  dispatch(t: string, d: unknown): void {
    const frame: Frame = { op: op.dispatch, d, s: this.#dispatched.length + 1, t };
    this.#dispatched.push(frame);
    this.#ready?.send(JSON.stringify(frame));
  }

  /** Cuts the connection without a word, as a broken network does. */
  drop(): void {
    this.#ready = null;
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Asks the client to connect anew (op 7). */
  askToReconnect(): void {
    this.#ready?.send(JSON.stringify({ op: op.reconnect, d: null }));
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connected(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#ready === socket) this.#ready = null;
    });
    socket.on('message', (data) => this.#received(socket, JSON.parse(String(data)) as Frame));
    socket.send(JSON.stringify({ op: op.hello, d: { heartbeat_interval: 400 } }));
  }

  #received(socket: WebSocket, frame: Frame): void {
    switch (frame.op) {
      case op.heartbeat:
        this.heartbeats += 1;
        socket.send(JSON.stringify({ op: op.ack }));
        break;
      case op.identify:
        this.#identify(socket, frame.d as (typeof this.identifies)[number]);
        break;
      case op.resume:
        this.#resume(socket, frame.d as { token: string; seq: number });
        break;
      default:
    }
  }

  #identify(socket: WebSocket, identify: (typeof this.identifies)[number]): void {
    if (identify.token !== botToken) return socket.close(4004, 'Authentication failed');
    this.identifies.push(identify);
    this.#ready = socket;
    this.#dispatched.length = 0;
    this.dispatch('READY', {
      v: 10,
      user: people[ids.bot],
      guilds: [{ id: ids.guild, unavailable: true }],
      session_id: 'loopback-session',
      resume_gateway_url: this.url,
      shard: identify.shard ?? [0, 1],
      application: { id: ids.application, flags: 0 },
    });
    this.dispatch('GUILD_CREATE', guild());
  }

  #resume(socket: WebSocket, { token, seq }: { readonly token: string; readonly seq: number }): void {
    if (token !== botToken) return socket.close(4004, 'Authentication failed');
    this.resumes += 1;
    this.#ready = socket;
    for (const frame of this.#dispatched.filter(({ s }) => (s ?? 0) > seq)) socket.send(JSON.stringify(frame));
    this.dispatch('RESUMED', {});
  }
}
