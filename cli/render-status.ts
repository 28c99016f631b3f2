import type { LibraryStats } from '../index/library.js';
import { formatIso } from '../mail/date.js';
import type { Json } from '../answer/json.js';
import { dateJson, instantJson } from '../answer/json.js';
import { dayOf } from './render-answer.js';
import { printableLine, type Look } from './terminal.js';

/** What `status --json` prints. */
export function statusJson(stats: LibraryStats, dataDir: string, crossEncoder: string | null): Json {
  const { messages, ghosts, threads, passages, model, schema, graphed, bytes } = stats;
  return {
    data: dataDir,
    messages,
    ghosts,
    threads,
    passages: { ...passages },
    lists: stats.lists.map(({ list, messages: count, first, last }) => ({
      list,
      messages: count,
      first: dateJson(first),
      last: dateJson(last),
    })),
    sources: stats.sources.map(({ source, messages: count, syncedAt, lastError, behind }) => ({
      source,
      messages: count,
      syncedAt: instantJson(syncedAt),
      lastError,
      behind: behind ?? null,
    })),
    lastSync: instantJson(lastSync(stats)),
    model: { ...model },
    rerankers: ['learnt', ...(crossEncoder === null ? [] : [crossEncoder])],
    index: { schema, graphed, graphedShare: graphedShare(stats), bytes },
  };
}

/** What is in an index and how it is, for reading. */
export function renderStatus(
  stats: LibraryStats,
  dataDir: string,
  crossEncoder: string | null,
  { colors }: Look,
): string {
  const { messages, ghosts, threads, passages, model } = stats;
  const synced = lastSync(stats);
  const rows: [string, string][] = [
    ['index', `${dataDir} (${megabytes(stats.bytes)}, schema ${stats.schema})`],
    ['messages', `${grouped(messages)} in ${grouped(threads)} threads; ${grouped(ghosts)} more known from replies`],
    ['passages', `${grouped(passages.own)} own, ${grouped(passages.recovered)} recovered from quotes`],
    ['model', `${model.id}, ${model.dimensions} dimensions`],
    ['re-ranker', crossEncoder === null ? 'learnt' : `learnt, then ${crossEncoder}`],
    ['graph', `${(graphedShare(stats) * 100).toFixed(0)} % of the passages; the rest is searched by scanning`],
    ['last sync', synced === null ? 'never to its end' : formatIso({ instant: synced, offset: 0 })],
  ];
  const head = rows.map(([name, value]) => `${colors.bold(name.padEnd(10))} ${value}`);
  const lists = stats.lists.map(
    ({ list, messages: count, first, last }) =>
      `  ${printableLine(list)}: ${grouped(count)}, ${dayOf(first)} to ${dayOf(last)}`,
  );
  const sources = stats.sources.map(({ source, messages: count, syncedAt, lastError, behind }) => {
    const when = syncedAt === null ? 'not read to its end' : `read ${formatIso({ instant: syncedAt, offset: 0 })}`;
    const error = lastError === null ? '' : colors.red(`; last error: ${printableLine(lastError)}`);
    const left = behind === null || behind === undefined || behind === 0 ? '' : `, ${grouped(behind)} behind`;
    return `  ${printableLine(source)}: ${grouped(count)}, ${when}${left}${error}`;
  });
  return [...head, colors.bold('lists'), ...lists, colors.bold('sources'), ...sources].join('\n');
}

function lastSync({ sources }: LibraryStats): number | null {
  const times = sources.map(({ syncedAt }) => syncedAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(...times);
}

function graphedShare({ graphed, passages }: LibraryStats): number {
  const all = passages.own + passages.recovered;
  return all === 0 ? 1 : graphed / all;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
