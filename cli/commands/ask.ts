import type { Command } from 'commander';
import { ask } from '../../answer/ask.js';
import type { AskRequest } from '../../answer/question/request.js';
import { answerJson } from '../../answer/json.js';
import { mostQuotes } from '../../answer/question/query.js';
import type { Library } from '../../index/library.js';
import { contextOf, type Context, type World } from '../context.js';
import { withLibrary } from '../library.js';
import { countOption, dateOption, listOption } from '../options.js';
import { renderAnswer } from '../render-answer.js';
import { withSampleWhereNoIndex } from '../sample.js';
import { writeLine } from '../streams.js';
import { unsearchable } from '../unsearchable.js';

interface AskFlags {
  readonly list?: string[];
  readonly author?: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
  readonly afterQuestion?: string[];
  readonly json?: true;
}

/** `threadlore ask "question"`: the answer in quotes, or that there is none. Both are answers: exit status 0. */
export function addAsk(program: Command, world: World): void {
  program
    .command('ask')
    .description('answer a question in verbatim quotes')
    .argument(
      '<question...>',
      'in a sentence or a few words; may hold filters: list:NAME from:"NAME" after:DATE before:DATE',
    )
    .option('--list <name>', 'search this list only (may be repeated)', listOption)
    .option('--author <name>', 'only what this person said')
    .option('--after <date>', 'only what was said on or after this year, month or day', dateOption)
    .option('--before <date>', 'only what was said before this year, month or day', dateOption)
    .option('--limit <n>', `quotes at most, 1 to ${mostQuotes} (default 5)`, countOption(mostQuotes))
    .option(
      '--after-question <question>',
      'a question before this one, which this one refers to (may be repeated, the earliest first)',
      (question: string, before: readonly string[] = []) => [...before, question],
    )
    .option('--json', 'print the answer as JSON')
    .action(async (words: string[], flags: AskFlags, command: Command) => {
      const context = contextOf(world, command);
      const request = requestOf(words.join(' '), flags);
      await withSampleWhereNoIndex(context, (usable) =>
        withLibrary(usable, (library) => answer(library, request, flags, context)),
      );
    });
}

function requestOf(question: string, flags: AskFlags): AskRequest {
  const { list, author, after, before, limit, afterQuestion } = flags;
  return {
    question,
    ...(list === undefined ? {} : { lists: list }),
    ...(author === undefined ? {} : { author }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
    ...(afterQuestion === undefined ? {} : { afterQuestion }),
  };
}

async function answer(
  library: Library,
  request: AskRequest,
  { json }: AskFlags,
  { streams, look, dataDir }: Context,
): Promise<void> {
  const empty = unsearchable(library.stats());
  if (empty !== null) streams.log.write(`threadlore: the index in ${dataDir}: ${empty.detail}; ${empty.mend}\n`);
  const found = await ask(library, request, {
    onRejected: (draft, reason) => {
      streams.log.write(
        `a quote from <${draft.holderId}> was held back (${reason}): the index may be damaged, see threadlore doctor\n`,
      );
    },
  });
  await writeLine(streams.out, json === true ? JSON.stringify(answerJson(found)) : renderAnswer(found, look));
}
