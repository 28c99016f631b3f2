import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'discord.js';
import type { Bot } from './bot.js';

export interface Health {
  readonly port: number;
  close(): Promise<void>;
}

interface Watched {
  readonly client: Client;
  readonly bot: Bot;
}

/** Serves /healthz and /metrics on the loopback address alone. Null where no port is set. */
export async function openHealth(port: number | null, watched: Watched): Promise<Health | null> {
  if (port === null) return null;
  const server = createServer((request, response) => {
    void answer(request.url ?? '', watched).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

async function answer(path: string, { client, bot }: Watched) {
  const [route] = path.split('?');
  if (route === '/metrics') {
    const { registry } = bot.metrics;
    return { status: 200, type: registry.contentType, body: await registry.metrics() };
  }
  if (route !== '/healthz') return { status: 404, type: 'text/plain', body: 'try /healthz or /metrics\n' };
  const gateway = client.isReady();
  const index = await bot.archive.ask({ kind: 'stats' }).then(
    ({ messages }) => ({ messages }),
    (error: unknown) => ({ error: error instanceof Error ? error.name : 'unknown' }),
  );
  const sound = gateway && !('error' in index);
  return {
    status: sound ? 200 : 503,
    type: 'application/json',
    body: `${JSON.stringify({ gateway, index, waiting: bot.archive.waiting() })}\n`,
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
