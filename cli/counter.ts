import { Presets, SingleBar } from 'cli-progress';

/** How far counted work is. */
export interface Count {
  /** What is being counted. */
  readonly words: string;
  readonly done: number;
  /** Null where nobody knows. */
  readonly total: number | null;
}

/** Shows how far something long is; `stop` takes what is shown away. */
export interface Counter {
  show(count: Count): void;
  stop(): void;
}

/** A bar with rate and remaining time on a terminal; elsewhere (a log, a pipe) a plain line every few seconds. */
export function openCounter(stream: NodeJS.WriteStream): Counter {
  return stream.isTTY ? barCounter(stream) : lineCounter(stream);
}

function barCounter(stream: NodeJS.WriteStream): Counter {
  let bar: SingleBar | null = null;
  let shown: string | null = null;
  let began = 0;
  const stop = (): void => {
    bar?.stop();
    bar = null;
    shown = null;
  };
  return {
    stop,
    show(count) {
      const { words, done, total } = count;
      if (bar === null || shown !== words) {
        stop();
        shown = words;
        began = performance.now();
        bar = newBar(stream, count);
        bar.start(total ?? 0, done, { rate: '0' });
      }
      if (total !== null) bar.setTotal(total);
      bar.update(done, { rate: rateOf(done, began) });
    },
  };
}

/** Without a known total there is a count and a rate only. */
function newBar(stream: NodeJS.WriteStream, { words, total }: Count): SingleBar {
  const padded = words.padEnd(21);
  const format =
    total === null
      ? `${padded} {value}  {rate}/s`
      : `${padded} {bar} {percentage}% {value}/{total}  {rate}/s  {eta_formatted} left`;
  return new SingleBar(
    { stream, format, hideCursor: true, clearOnComplete: true, etaBuffer: 50, fps: 5 },
    Presets.shades_classic,
  );
}

const secondsBetweenLines = 5;

function lineCounter(stream: NodeJS.WriteStream): Counter {
  let last = performance.now();
  let shown: string | null = null;
  let began = last;
  return {
    stop: () => undefined,
    show({ words, done, total }) {
      const now = performance.now();
      if (words !== shown) {
        shown = words;
        began = now;
      }
      if (now - last < secondsBetweenLines * 1000) return;
      last = now;
      const share = total === null ? `${done}` : `${done}/${total}`;
      stream.write(`${words}: ${share}, ${rateOf(done, began)}/s\n`);
    },
  };
}

function rateOf(done: number, began: number): string {
  const seconds = (performance.now() - began) / 1000;
  return seconds < 0.2 ? '-' : Math.round(done / seconds).toLocaleString('en-US');
}
