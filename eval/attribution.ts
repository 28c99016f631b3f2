import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { LibraryMessage } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { packagePath } from '../index/package-path.js';
import { textAt } from '../mail/span.js';
import { lookElsewhere } from './attribution-elsewhere.js';
import { fatesOf, type Fate, type FateExample } from './attribution-figures.js';

const FATES: readonly Fate[] = [
  'resolved',
  'resolved elsewhere',
  'present, only named',
  'present, unresolved',
  'in another thread of its subject',
  'in another thread',
  'only in a later message',
  'missing, named',
  'missing, unattributed',
];
/** Those whose words an earlier message of the archive holds, and that ought to be resolved to it: in its thread, or anywhere. */
const IN_THREAD = FATES.slice(0, 4);
const IN_ARCHIVE = FATES.slice(0, 6);
/** Examples that are shown of each way to fail. */
const EXAMPLES = 3;

/** How an archive's quoted runs of more than 40 characters fared. */
export interface AttributionFigures {
  readonly messages: number;
  readonly runs: number;
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  /** Of the runs whose words are in an earlier message of the thread, and of the archive, the share that is resolved to it. */
  readonly resolvedInThread: number;
  readonly resolvedInArchive: number;
}

/**
 * `npm run eval:attribution -- <data folder>...`: how many of an archive's quoted runs are resolved to the message that they come from, and what
 * became of the others. Prints counts with examples and writes the counts to `eval/results/attribution.json`.
 */
async function main(dataDirs: readonly string[], { save }: { save: string }): Promise<void> {
  const archives: Record<string, AttributionFigures> = {};
  for (const dataDir of dataDirs) {
    const messages = await messagesOf(dataDir);
    const found = examine(messages);
    const figures = figuresOf(messages.length, found);
    archives[basename(dataDir)] = figures;
    process.stdout.write(`${basename(dataDir)}: ${tableOf(figures, found)}\n`);
  }
  await mkdir(save, { recursive: true });
  const madeBy = `npm run eval:attribution -- ${Object.keys(archives).join(' ')}`;
  const results = { at: new Date().toISOString(), madeBy, archives };
  await writeFile(join(save, 'attribution.json'), `${JSON.stringify(results, null, 2)}\n`);
}

async function messagesOf(dataDir: string): Promise<LibraryMessage[]> {
  const library = await openLibrary(dataDir);
  try {
    const messages = [...library.everyMessage()];
    // Labelling a message asks the library for the sources of its quotes.
    for (const { blocks } of messages) void blocks;
    return messages;
  } finally {
    library.close();
  }
}

/** The fate of every quoted run of an archive. */
export function examine(messages: readonly LibraryMessage[]): FateExample[] {
  const threadOf = new Map(messages.map((message) => [message.messageId, message.rootId]));
  const threads = new Map<string, LibraryMessage[]>();
  for (const message of messages) {
    const thread = threads.get(message.rootId);
    if (thread === undefined) threads.set(message.rootId, [message]);
    else thread.push(message);
  }
  const found = [...threads.values()].flatMap(fatesOf);
  return lookElsewhere(found, messages, ({ messageId }) => threadOf.get(messageId) ?? messageId);
}

export function figuresOf(messages: number, found: readonly FateExample[]): AttributionFigures {
  const fates: Partial<Record<Fate, number>> = {};
  for (const { fate } of found) fates[fate] = (fates[fate] ?? 0) + 1;
  const shareOf = (among: readonly Fate[]): number => {
    const all = among.reduce((sum, fate) => sum + (fates[fate] ?? 0), 0);
    return all === 0 ? 1 : Number(((fates.resolved ?? 0) / all).toFixed(5));
  };
  const shares = { resolvedInThread: shareOf(IN_THREAD), resolvedInArchive: shareOf(IN_ARCHIVE) };
  return { messages, runs: found.length, fates, ...shares };
}

/** Counts, the shares of what is in the archive that is resolved to it, and examples of what is not. */
function tableOf(figures: AttributionFigures, found: readonly FateExample[]): string {
  const lines = [
    `${figures.runs} quoted runs of more than 40 characters in ${figures.messages} messages`,
    ...FATES.map((fate) => `${String(figures.fates[fate] ?? 0).padStart(8)}  ${fate}`),
    `resolved of those whose words are in their thread: ${(100 * figures.resolvedInThread).toFixed(2)} %, in the archive: ${(100 * figures.resolvedInArchive).toFixed(2)} %`,
  ];
  for (const fate of IN_ARCHIVE.slice(1)) {
    for (const { message, block, best, share } of found.filter((one) => one.fate === fate).slice(0, EXAMPLES)) {
      const words = textAt(message.text, block.lines).replace(/\s+/gu, ' ').slice(0, 100);
      const held = `${best?.messageId ?? '?'} (${share.toFixed(2)})`;
      lines.push('', `${fate}: ${message.messageId} quotes ${held}`, `  ${words}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await new Command('eval:attribution')
    .description('Counts the quoted runs that are resolved to the message they come from, and the others by cause.')
    .argument('<data folder...>', 'indexes')
    .option('--save <folder>', 'where the counts are written', packagePath('eval/results'))
    .action(main)
    .parseAsync();
}
