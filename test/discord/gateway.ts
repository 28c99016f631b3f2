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

/** One shard's session, which can be dropped and resumed. */
interface Session {
  readonly shard: readonly [number, number];
  /** Everything dispatched in it, for RESUME: sequence numbers begin at 1. */
  readonly dispatched: Frame[];
  socket: WebSocket | null;
}

/** The gateway, version 10 (https://discord.com/developers/docs/events/gateway): a session for each shard. */
export class LoopbackGateway {
  readonly #sockets = new Set<WebSocket>();
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  #port = 0;
  /** How many shards it advises. */
  advised = 1;
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

  get connections(): number {
    return this.#sockets.size;
  }

  /** Sends an event to the shard that its server is on; what is of no server goes to the first. While nobody is connected it waits for RESUME, as Discord's do. */
  dispatch(t: string, d: unknown): void {
    const { guild_id } = d as { readonly guild_id?: string };
    for (const session of this.#sessions.values()) {
      const shard = guild_id === undefined ? 0 : shardOf(guild_id, session.shard[1]);
      if (session.shard[0] === shard) send(session, t, d);
    }
  }

  /** Cuts the connections without a word, as a broken network does. */
  drop(): void {
    for (const session of this.#sessions.values()) session.socket = null;
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Asks the clients to connect anew (op 7). */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) socket?.send(JSON.stringify({ op: op.reconnect, d: null }));
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connected(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      for (const session of this.#sessions.values()) if (session.socket === socket) session.socket = null;
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
        this.#resume(socket, frame.d as { token: string; session_id: string; seq: number });
        break;
      default:
    }
  }

  #identify(socket: WebSocket, identify: (typeof this.identifies)[number]): void {
    if (identify.token !== botToken) return socket.close(4004, 'Authentication failed');
    this.identifies.push(identify);
    const { shard = [0, 1] } = identify;
    const id = `loopback-session-${shard.join('-of-')}`;
    const session: Session = { shard, dispatched: [], socket };
    this.#sessions.set(id, session);
    const isHere = shardOf(ids.guild, shard[1]) === shard[0];
    send(session, 'READY', {
      v: 10,
      user: people[ids.bot],
      guilds: isHere ? [{ id: ids.guild, unavailable: true }] : [],
      session_id: id,
      resume_gateway_url: this.url,
      shard,
      application: { id: ids.application, flags: 0 },
    });
    if (isHere) send(session, 'GUILD_CREATE', guild());
  }

  #resume(
    socket: WebSocket,
    resume: { readonly token: string; readonly session_id: string; readonly seq: number },
  ): void {
    if (resume.token !== botToken) return socket.close(4004, 'Authentication failed');
    const session = this.#sessions.get(resume.session_id);
    if (session === undefined) return socket.send(JSON.stringify({ op: op.invalidSession, d: false }));
    this.resumes += 1;
    session.socket = socket;
    for (const frame of session.dispatched.filter(({ s }) => (s ?? 0) > resume.seq)) socket.send(JSON.stringify(frame));
    send(session, 'RESUMED', {});
  }
}

/** The shard of a server (https://discord.com/developers/docs/events/gateway#sharding). */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

function send({ dispatched, socket }: Session, t: string, d: unknown): void {
  const frame: Frame = { op: op.dispatch, d, s: dispatched.length + 1, t };
  dispatched.push(frame);
  socket?.send(JSON.stringify(frame));
}
