import type { LibraryWriter, SearchFilter, WovenThread } from '../../index/library.js';
import type { Message } from '../../mail/message.js';
import { chain, id, message, origin, vectorsFor } from './build.js';

export const DAY = 86_400_000;
export const START = Date.UTC(2024, 2, 1, 12);

export function on(day: number): Message['date'] {
  return { instant: START + day * DAY, offset: 0 };
}

/** Three messages about kettles, a day apart: one that opens a thread, its reply, and a robot's. */
export const root = message({
  messageId: 'root@x',
  text: 'The copper kettle whistles in kettle_set_pressure().\n',
  date: on(0),
});
export const reply = message({
  messageId: 'reply@x',
  text: '> The copper kettle whistles\n\nA loose lid lets the steam escape too early.\n',
  subject: 'Re: Kettles',
  inReplyTo: [id('root@x')],
  references: [id('root@x')],
  from: { name: 'Béla Oak', address: 'bela.oak@example.net', masked: null },
  date: on(1),
  origins: [origin({ locator: '1', permalink: 'https://www.example.org/tea/reply@x/' })],
});
export const robot = message({
  messageId: 'robot@x',
  text: 'Nightly report: copper kettle, copper kettle, lid, steam.\n',
  subject: 'Nightly',
  robot: true,
  from: { name: 'Kettle Robot', address: 'robot@example.org', masked: null },
  date: on(2),
  origins: [origin({ list: 'reports', locator: '2' })],
});

/** The library of the test that runs: a fresh one for each. */
export interface Shelf {
  library: LibraryWriter;
}

export function fill(library: LibraryWriter): void {
  library.transaction(() => [root, reply, robot].forEach((each) => library.put(each)));
  weave(library, [chain([root, reply]), chain([robot])]);
}

export function weave(library: LibraryWriter, threads: readonly WovenThread[]): void {
  library.weave(threads, vectorsFor(threads));
}

/** The messages of the hits, best first. */
export async function ask(
  library: LibraryWriter,
  question: string,
  filter: SearchFilter = {},
  limit = 5,
): Promise<string[]> {
  const hits = await library.search({ question, filter, limit });
  return hits.map(({ passage }) => passage.messageId);
}
