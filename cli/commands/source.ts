import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { openHttp } from '../../ingest/live/http.js';
import { sourceKinds, type SourceKind } from '../../ingest/live/live-reader.js';
import { lookAt } from '../../ingest/live/look.js';
import { safeUrl } from '../../ingest/live/address-guard.js';
import {
  addSource,
  isUrl,
  namedBy,
  readSources,
  removeSource,
  sourcesPath,
  type FollowedSource,
} from '../../ingest/sources.js';
import { contextOf, httpOptionsOf, type Context, type World } from '../context.js';
import { Failure } from '../failure.js';
import { countOption } from '../options.js';
import { writeLine } from '../streams.js';
import { printableLine } from '../terminal.js';

interface AddFlags {
  readonly kind?: SourceKind;
  readonly list?: string;
  readonly every?: number;
}

/** `threadlore source add|list|remove`: what is followed. */
export function addSourceCommand(program: Command, world: World): void {
  const source = program
    .command('source')
    .description('say which archives are followed: kept in sources.json in the data folder');
  source
    .command('add')
    .description(
      'follow an archive: a URL (public-inbox, NNTP, Patchwork, Openwall, hypermail, Mailman, Atom, mbox) or a path',
    )
    .argument('<url>', 'where it is')
    .addOption(new Option('--kind <kind>', 'what it is, in place of finding out by looking').choices([...sourceKinds]))
    .option('--list <name>', "the list's name, where the archive does not say it")
    .option('--every <minutes>', 'minutes between two syncs', countOption(100_000))
    .action(async (url: string, flags: AddFlags, command: Command) => addOne(url, flags, contextOf(world, command)));
  source
    .command('list')
    .description('list what is followed')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { json?: true }, command: Command) => {
      const { dataDir, streams } = contextOf(world, command);
      const sources = readSources(dataDir);
      if (json === true) return writeLine(streams.out, JSON.stringify(sources.map(withoutPassword)));
      const lines = sources.length === 0 ? ['No source is followed yet.'] : sources.map(describeSource);
      for (const line of lines) await writeLine(streams.out, line);
    });
  source
    .command('remove')
    .description('follow an archive no longer; what was read from it stays')
    .argument('<url>', 'as `threadlore source list` shows it')
    .action(async (url: string, _flags: object, command: Command) => {
      const { dataDir, streams } = contextOf(world, command);
      if (!removeSource(dataDir, url) && !removeSource(dataDir, fromAnywhere(url)))
        throw new Failure(`${url} is not followed: \`threadlore source list\` shows what is`);
      await writeLine(streams.out, `No longer followed: ${printableLine(url)}. What was read from it stays.`);
    });
}

/** A path as it is found from any folder: a sync may be started elsewhere. */
function fromAnywhere(text: string): string {
  return isUrl(text) ? text : resolve(text);
}

async function addOne(text: string, { kind, list, every }: AddFlags, context: Context): Promise<void> {
  const { dataDir, settings, streams, signal } = context;
  const named = namedBy(fromAnywhere(text));
  const { url } = named;
  if (!isUrl(url) && !existsSync(url))
    throw new Failure(`${url}: no such file or folder; check the path (a URL begins with https:// or nntp://)`);
  if (isUrl(url) && settings.contact === null)
    streams.log.write('threadlore: set CONTACT (a mail address or URL) so that the archive knows whom to write to\n');
  const found = kind ?? (isUrl(url) ? await look(url, context, signal) : null);
  const source = { ...named, kind: found, list: list ?? null, everyMinutes: every ?? null };
  addSource(dataDir, source);
  await writeLine(
    streams.out,
    `Followed: ${describeSource(source)}\n\`threadlore sync\` reads it (${sourcesPath(dataDir)})`,
  );
}

async function look(url: string, { settings }: Context, signal: AbortSignal): Promise<SourceKind> {
  const http = openHttp(httpOptionsOf(settings));
  try {
    return await lookAt(safeUrl(url), http, signal);
  } finally {
    await http.close();
  }
}

/** The file alone holds passwords. */
function withoutPassword({ login, ...source }: FollowedSource): object {
  return login === undefined ? source : { ...source, login: { user: login.user } };
}

function describeSource({ url, kind, list, everyMinutes }: FollowedSource): string {
  const details = [
    kind ?? (isUrl(url) ? 'found out by looking' : 'on this machine'),
    ...(list === null ? [] : [`list ${list}`]),
    ...(everyMinutes === null ? [] : [`every ${everyMinutes} minutes`]),
  ];
  return printableLine(`${url} (${details.join(', ')})`);
}
