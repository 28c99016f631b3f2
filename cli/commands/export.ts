import type { Command } from 'commander';
import { dateJson, type Json } from '../../answer/json.js';
import { wordsOf } from '../../answer/words.js';
import type { LibraryMessage } from '../../index/library.js';
import { isMinted } from '../../mail/message-id.js';
import { contextOf, type World } from '../context.js';
import { withLibrary } from '../library.js';
import { writeLine } from '../streams.js';

/** `threadlore export`: every message as one line of JSON, with or without `--json`. */
export function addExport(program: Command, world: World): void {
  program
    .command('export')
    .description('print every message as one line of JSON')
    .option('--json', 'the same: JSON lines are what export prints')
    .action(async (_flags: unknown, command: Command) => {
      const context = contextOf(world, command);
      await withLibrary(context, async (library) => {
        for (const message of library.everyMessage()) {
          context.signal.throwIfAborted();
          await writeLine(context.streams.out, JSON.stringify(messageJson(message)));
        }
      });
    });
}

/**
 * A message as the contract has it. A masked address is not an address: null. Of a message that is not what was stored, its words are left out, and
 * `damaged` says so.
 */
export function messageJson(message: LibraryMessage): Json {
  const { messageId, from, date, inReplyTo, references, parentId, rootId } = message;
  const words = wordsOf(message);
  const { subject, text, own } = words.kind === 'damaged' ? { subject: '', text: '', own: '' } : words;
  return {
    messageId,
    minted: isMinted(messageId),
    from: { name: from.name, address: from.address },
    date: dateJson(date),
    subject,
    inReplyTo: [...inReplyTo],
    references: [...references],
    parentId,
    rootId,
    text,
    own,
    origins: message.origins.map(({ source, list, permalink }) => ({ source, list, permalink: permalink ?? null })),
    ...(words.kind === 'damaged' ? { damaged: true } : {}),
  };
}
