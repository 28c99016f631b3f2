import { fileURLToPath } from 'node:url';
import { openLibrary } from '../index/open.js';
import type { Message } from '../mail/message.js';
import { textAt } from '../mail/span.js';
import { fatesOf, type Fate, type FateExample } from './attribution-figures.js';

const FATES: readonly Fate[] = [
  'resolved',
  'resolved elsewhere',
  'present, only named',
  'present, unresolved',
  'only in a later message',
  'missing, named',
  'missing, unattributed',
];
/** Examples that are shown of each way to fail. */
const EXAMPLES = 3;

/** `npm run eval:attribution -- <data dir>`: how many of an archive's quoted runs are resolved to the message that they come from, and what became of the others. */
async function main([dataDir]: readonly string[]): Promise<void> {
  if (dataDir === undefined) throw new Error('name the data directory of an index: npm run eval:attribution -- ./data');
  const found: FateExample[] = [];
  for (const thread of await threadsIn(dataDir)) found.push(...fatesOf(thread));
  process.stdout.write(tableOf(found));
}

async function threadsIn(dataDir: string): Promise<Iterable<Message[]>> {
  const threads = new Map<string, Message[]>();
  const library = await openLibrary(dataDir);
  try {
    for (const message of library.everyMessage()) {
      const thread = threads.get(message.rootId);
      if (thread === undefined) threads.set(message.rootId, [message]);
      else thread.push(message);
    }
    // Labelling a message asks the library for the sources of its quotes.
    for (const thread of threads.values()) for (const { blocks } of thread) void blocks;
  } finally {
    library.close();
  }
  return threads.values();
}

/** Counts, the share of what is in the archive that is resolved to it, and examples of what is not. */
export function tableOf(found: readonly FateExample[]): string {
  const count = (fate: Fate): number => found.filter((one) => one.fate === fate).length;
  const present = count('resolved') + count('resolved elsewhere') + count('present, only named');
  const inArchive = present + count('present, unresolved');
  const lines = [
    `${found.length} quoted runs of more than 40 characters`,
    ...FATES.map((fate) => `${String(count(fate)).padStart(8)}  ${fate}`),
    `${share(count('resolved'), inArchive)} of those whose words are in the archive are resolved to their message`,
  ];
  for (const fate of FATES.slice(1, 4)) {
    for (const { message, block, best, share: held } of found.filter((one) => one.fate === fate).slice(0, EXAMPLES)) {
      const words = textAt(message.text, block.lines).replace(/\s+/gu, ' ').slice(0, 100);
      lines.push(
        '',
        `${fate}: ${message.messageId} quotes ${best?.messageId ?? '?'} (${held.toFixed(2)})`,
        `  ${words}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
