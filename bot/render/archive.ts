import type { LibraryStats } from '../../index/library.js';
import { lastSync } from '../last-sync.js';
import { inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';
import { ago, counted, dayOf, grouped } from './words.js';

const mostLists = 25;
const mostSources = 8;

/** What the archive holds and how fresh it is. Paths of the machine are named by admins' commands alone; archives on servers are anybody's. */
export function renderArchive(stats: LibraryStats): Payload {
  const { messages, threads, ghosts, passages, model, lists } = stats;
  const synced = lastSync(stats);
  const failing = stats.sources.filter(({ lastError }) => lastError !== null).length;
  const facts = [
    `**${counted(messages, 'message')}** in ${counted(threads, 'thread')}; ${grouped(ghosts)} more known from replies`,
    `**${counted(passages.own + passages.recovered, 'passage')}**, ${grouped(passages.recovered)} of them recovered from quotes`,
    synced === null ? 'Never read to its end' : `Last read ${ago(synced)}`,
    ...(failing === 0 ? [] : [`⚠️ ${counted(failing, 'source')} could not be read: see \`threadlore status\``]),
    `Model: ${inertLine(model.id, 100)}, ${grouped(model.dimensions)} dimensions`,
  ];
  const shown = lists
    .slice(0, mostLists)
    .map(
      ({ list, messages: count, first, last }) =>
        `- **${inertLine(list, 50)}**: ${counted(count, 'message')}, ${dayOf(first)} to ${dayOf(last)}`,
    );
  const rest = lists.length > mostLists ? [`- and ${grouped(lists.length - mostLists)} more lists`] : [];
  const followed = sourceLines(stats);
  return payload({
    embeds: [
      {
        color: colours.found,
        title: 'The archive',
        description: [...facts, '', ...shown, ...rest, ...followed].join('\n').slice(0, 4000),
      },
    ],
  });
}

/** Each archive on a server: how much of it is held, when it was last read, how far behind it is, and what was wrong. */
function sourceLines({ sources }: LibraryStats): string[] {
  const onServers = sources.filter(({ source }) => /^[a-z]{4,5}:\/\//i.test(source));
  const lines = onServers.slice(0, mostSources).map(({ source, messages, syncedAt, lastError, behind }) => {
    const when = syncedAt === null ? 'never read to its end' : `read ${ago(syncedAt)}`;
    const left = (behind ?? 0) === 0 ? '' : `, ${grouped(behind ?? 0)} behind`;
    const wrong = lastError === null ? '' : `\n  ⚠️ ${inertLine(lastError, 150)}`;
    return `- ${inertLine(source, 100)}: ${counted(messages, 'message')}, ${when}${left}${wrong}`;
  });
  const rest = onServers.length > mostSources ? [`- and ${grouped(onServers.length - mostSources)} more`] : [];
  return lines.length === 0 ? [] : ['', 'Followed:', ...lines, ...rest];
}
