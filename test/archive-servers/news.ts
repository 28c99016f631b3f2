import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A news server that does what a test says. */
export interface NewsServer {
  readonly url: string;
  /** Every command so far. */
  readonly commands: string[];
  readonly connections: { count: number };
  /** Articles by number. */
  readonly articles: Map<number, string>;
  /** Looked at before the articles: a reply to this command, or `drop`. */
  answer: (command: string) => string | null;
  close(): Promise<void>;
}

export async function newsServer(group = 'test.gauges'): Promise<NewsServer> {
  const commands: string[] = [];
  const connections = { count: 0 };
  const articles = new Map<number, string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections.count++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write('200 ready\r\n');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const command = text.slice(0, end);
        text = text.slice(end + 2);
        commands.push(command);
        const reply = news.answer(command) ?? usual(command, group, articles);
        if (reply === 'drop') return void socket.destroy();
        if (reply.startsWith('drop after ')) return void socket.end(reply.slice('drop after '.length));
        socket.write(reply);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const news: NewsServer = {
    url: `nntp://127.0.0.1:${(server.address() as AddressInfo).port}/${group}`,
    commands,
    connections,
    articles,
    answer: () => null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return news;
}

function usual(command: string, group: string, articles: ReadonlyMap<number, string>): string {
  const [verb = '', argument = ''] = command.split(' ');
  const numbers = [...articles.keys()].sort((a, b) => a - b);
  const article = articles.get(Number(argument));
  const id = /^Message-ID: (\S+)$/im.exec(article ?? '')?.[1] ?? '';
  switch (verb) {
    case 'GROUP':
      if (argument !== group) return '411 no such group\r\n';
      return `211 ${numbers.length} ${numbers[0] ?? 1} ${numbers.at(-1) ?? 0} ${group}\r\n`;
    case 'STAT':
      return article === undefined ? '423 no such article\r\n' : `223 ${argument} ${id}\r\n`;
    case 'OVER':
      return over(argument, articles);
    case 'ARTICLE':
      return article === undefined ? '423 no such article\r\n' : `220 ${argument} ${id}\r\n${stuffed(article)}.\r\n`;
    case 'QUIT':
      return '205 bye\r\n';
    default:
      return '500 what?\r\n';
  }
}

function over(range: string, articles: ReadonlyMap<number, string>): string {
  const [from = 0, to = 0] = range.split('-').map(Number);
  const lines = [...articles]
    .filter(([number]) => number >= from && number <= to)
    .map(([number, text]) => {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1] ?? '';
      return [number, field('Subject'), field('From'), field('Date'), field('Message-ID'), '', 100, 3].join('\t');
    });
  return lines.length === 0 ? '423 none\r\n' : `224 follows\r\n${lines.join('\r\n')}\r\n.\r\n`;
}

function stuffed(text: string): string {
  return text.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
}
