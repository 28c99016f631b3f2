import type { IngestProgress, OnProgress } from '../ingest/progress.js';
import { openCounter } from './counter.js';

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

export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  const counter = openCounter(stream);
  const onProgress: OnProgress = (progress) => {
    if (progress.stage === 'done') return counter.stop();
    if (progress.stage === 'waiting') return void stream.write(`${waitingLine(progress.pid)}\n`);
    const { stage, done, total } = progress;
    counter.show({ words: stageWords[stage], done, total });
  };
  return { onProgress, stop: () => counter.stop() };
}

function waitingLine(pid: number | null): string {
  return `another ingest${pid === null ? '' : ` (pid ${pid})`} is running on this index: waiting for it to end`;
}
