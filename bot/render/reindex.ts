import { ButtonStyle } from 'discord.js';
import { assertNever } from '../../mail/assert-never.js';
import type { IngestReport } from '../../ingest/report.js';
import { inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import type { Outcome } from '../reindex/child.js';
import type { Run, StageProgress } from '../reindex/running.js';
import { sourceName } from '../sources.js';
import { button, rows } from './buttons.js';
import { ago, counted, grouped } from './words.js';

/** A re-index under way: what it does, how fast, how long still, and a button that stops it. */
export function renderProgress(run: Run, now: number, after = ''): Payload {
  const sources =
    run.sources.length === 1 ? inertLine(sourceName(run.sources[0] ?? ''), 100) : counted(run.sources.length, 'source');
  const head = `🔄 **Re-indexing** ${sources}${run.how === 'anew' ? ', everything anew' : ''} · started ${ago(run.startedAt)} by ${run.startedBy === null ? 'the schedule' : `<@${run.startedBy}>`}`;
  const state = run.cancelling ? 'Stopping: the batch under way is finished first.' : stageLine(run.progress(), now);
  const foot = `-# Questions are answered from the present index meanwhile.${after === '' ? '' : ` ${after}`}`;
  const cancel = run.cancelling ? [] : [button('Cancel', { kind: 'cancel', run: run.number }, ButtonStyle.Danger)];
  return payload({ content: [head, state, foot].join('\n'), components: rows(cancel) });
}

function stageLine(at: StageProgress | null, now: number): string {
  if (at === null) return 'Starting …';
  const { progress } = at;
  switch (progress.stage) {
    case 'waiting':
      return 'Waiting: another process is writing to the index.';
    case 'reading':
      return `Reading messages: ${grouped(progress.done)} ${rateOf(at, progress.done, now)} · ${inertLine(sourceName(progress.source), 80)}`;
    case 'copying':
      return `Copying messages: ${share(progress)} ${rateOf(at, progress.done, now, progress.total)}`;
    case 'weaving':
      return `Threads and passages: ${share(progress)} ${rateOf(at, progress.done, now, progress.total)}`;
    case 'graphing':
      return `Vector graph: ${share(progress)} ${rateOf(at, progress.done, now, progress.total)}`;
    default:
      return assertNever(progress);
  }
}

function share({ done, total }: { readonly done: number; readonly total: number }): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(part * 12);
  return `\`${'█'.repeat(filled)}${'░'.repeat(12 - filled)}\` ${Math.floor(part * 100)} % · ${grouped(done)} of ${grouped(total)}`;
}

/** `· 1,200/s · 2 min left`; empty until there is something to reckon with. */
function rateOf({ stageBegan }: StageProgress, done: number, now: number, total?: number): string {
  const seconds = (now - stageBegan.at) / 1000;
  const rate = (done - stageBegan.done) / seconds;
  if (seconds < 1 || rate <= 0) return '';
  const left = total === undefined ? '' : ` · ${duration((total - done) / rate)} left`;
  return `· ${grouped(Math.round(rate))}/s${left}`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** How a re-index ended. */
export function renderOutcome(run: Run, outcome: Outcome, now: number): Payload {
  const after = `after ${duration((now - run.startedAt) / 1000)}`;
  switch (outcome.kind) {
    case 'done':
      return payload({ content: `✅ **Re-indexed** ${after}\n${reportLines(outcome.report)}` });
    case 'cancelled':
      return payload({
        content: `🛑 **Cancelled** ${after}. ${run.how === 'sync' ? 'What was read until then is kept.' : 'The index answers as before.'}`,
      });
    case 'failed':
      return payload({
        content: `❌ **The re-index failed** ${after}. ${run.how === 'sync' ? 'What was read until then is kept.' : 'The index answers as before.'}\nWhy: ${inertLine(outcome.message, 600)}`,
      });
    case 'out-of-sight':
      return payload({ content: '🔄 **Re-indexing goes on** in another part of the bot; this one is restarting.' });
    default:
      return assertNever(outcome);
  }
}

function reportLines(report: IngestReport): string {
  const { read, added, updated, duplicates, removed, skipped, threads, passages, failed = [] } = report;
  const counts: readonly (readonly [number, string])[] = [
    [added, 'added'],
    [updated, 'updated'],
    [duplicates, 'known already'],
    [removed, 'removed'],
  ];
  const shown = counts.filter(([count]) => count > 0).map(([count, word]) => `${grouped(count)} ${word}`);
  const bad = Object.entries(skipped).map(([reason, count]) => `${grouped(count)} ${inertLine(reason, 40)}`);
  const first = `Read ${counted(read, 'message')}${shown.length === 0 ? ': nothing new' : `: ${shown.join(', ')}`}.`;
  const left = bad.length === 0 ? '' : `\nSkipped: ${bad.join(', ')}.`;
  const unread = failed
    .slice(0, 5)
    .map(({ source, error }) => `\n⚠️ ${inertLine(sourceName(source), 80)}: ${inertLine(error, 200)}`)
    .join('');
  return `${first}${left}${unread}\nThe index holds ${counted(threads, 'thread')} and ${counted(passages, 'passage')}.`;
}
