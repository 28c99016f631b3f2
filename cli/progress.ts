import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress, OnProgress } from '../ingest/progress.js';

/** Shows how far an ingest is; `stop` takes the bar away. */
export interface ProgressDisplay {
  readonly onProgress: OnProgress;
  stop(): void;
}

type Work = Exclude<IngestProgress, { stage: 'done' | 'waiting' }>;

const stageWords: Readonly<Record<Work['stage'], string>> = {
  reading: 'reading messages',
  copying: 'copying messages',
  weaving: 'threads and passages',
  graphing: 'vector graph',
};

/** A bar with rate and remaining time on a terminal; elsewhere (a log, a pipe) a plain line every few seconds. */
export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? barDisplay(stream) : lineDisplay(stream);
}

function barDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  let bar: SingleBar | null = null;
  let stage: Work['stage'] | null = null;
  let began = 0;
  const stop = (): void => {
    bar?.stop();
    bar = null;
    stage = null;
  };
  const onProgress: OnProgress = (progress) => {
    if (progress.stage === 'done') return stop();
    if (progress.stage === 'waiting') return void stream.write(`${waitingLine(progress.pid)}\n`);
    if (bar === null || stage !== progress.stage) {
      stop();
      stage = progress.stage;
      began = performance.now();
      bar = newBar(stream, progress);
      bar.start(progress.total ?? 0, progress.done, { rate: '0' });
    }
    if (progress.total !== null) bar.setTotal(progress.total);
    bar.update(progress.done, { rate: rateOf(progress.done, began) });
  };
  return { onProgress, stop };
}

/** Without a known total there is a count and a rate only. */
function newBar(stream: NodeJS.WriteStream, { stage, total }: Work): SingleBar {
  const words = stageWords[stage].padEnd(21);
  const format =
    total === null
      ? `${words} {value}  {rate}/s`
      : `${words} {bar} {percentage}% {value}/{total}  {rate}/s  {eta_formatted} left`;
  return new SingleBar(
    { stream, format, hideCursor: true, clearOnComplete: true, etaBuffer: 50, fps: 5 },
    Presets.shades_classic,
  );
}

const secondsBetweenLines = 5;

function lineDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  let last = performance.now();
  let stage: string | null = null;
  let began = last;
  const onProgress: OnProgress = (progress) => {
    if (progress.stage === 'done') return;
    if (progress.stage === 'waiting') return void stream.write(`${waitingLine(progress.pid)}\n`);
    const now = performance.now();
    if (progress.stage !== stage) {
      stage = progress.stage;
      began = now;
    }
    if (now - last < secondsBetweenLines * 1000) return;
    last = now;
    const share = progress.total === null ? `${progress.done}` : `${progress.done}/${progress.total}`;
    stream.write(`${stageWords[progress.stage]}: ${share}, ${rateOf(progress.done, began)}/s\n`);
  };
  return { onProgress, stop: () => undefined };
}

function rateOf(done: number, began: number): string {
  const seconds = (performance.now() - began) / 1000;
  return seconds < 0.2 ? '-' : Math.round(done / seconds).toLocaleString('en-US');
}

function waitingLine(pid: number | null): string {
  return `another ingest${pid === null ? '' : ` (pid ${pid})`} is running on this index: waiting for it to end`;
}
