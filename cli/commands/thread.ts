import type { Command } from 'commander';
import { memberDateJson } from '../../answer/json.js';
import { threadView, type ThreadView } from '../../answer/thread-view.js';
import { contextOf, type World } from '../context.js';
import { Failure } from '../failure.js';
import { withLibrary } from '../library.js';
import { renderThread } from '../render-thread.js';
import { writeLine } from '../streams.js';

/** `threadlore thread <message-id>`: the conversation that a message is part of, as a tree. */
export function addThread(program: Command, world: World): void {
  program
    .command('thread')
    .description('show the thread of a message as a tree, with the messages that are missing')
    .argument('<message-id>', 'with or without angle brackets')
    .option('--json', 'print the thread as JSON')
    .action(async (id: string, { json }: { json?: true }, command: Command) => {
      const context = contextOf(world, command);
      const thread = await withLibrary(context, (library) => threadView(library, id));
      if (thread === null) {
        throw new Failure(
          `the index in ${context.dataDir} knows no message <${id.slice(0, 200)}>: find its Message-ID with threadlore cite "words of its subject"`,
        );
      }
      await writeLine(context.streams.out, json === true ? threadJson(thread) : renderThread(thread, context.look));
    });
}

function threadJson({ members, ...thread }: ThreadView): string {
  return JSON.stringify({ ...thread, members: members.map((member) => ({ ...member, date: memberDateJson(member) })) });
}
