import { constants, setPriority } from 'node:os';
import type { Order, Told } from './child.js';
import { runReindex } from './run.js';

/** The program of the process that re-indexes: a process of its own, so that neither its memory nor a crash in native code touches the bot. */
const stop = new AbortController();
// Questions come first; later threads inherit it.
setPriority(constants.priority.PRIORITY_LOW);
// Ctrl-C reaches every process of the terminal; the bot says when this one is to stop.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => stop.abort());

process.on('message', (order: Order) => {
  if (order.kind === 'cancel') stop.abort();
  else void work(order);
});

async function work({ order }: Extract<Order, { kind: 'begin' }>): Promise<void> {
  let last = 0;
  try {
    const report = await runReindex(
      order,
      (progress) => {
        // A message for each batch would be many; the bot edits its message every few seconds.
        if (Date.now() - last < 200) return;
        last = Date.now();
        tell({ kind: 'progress', progress });
      },
      stop.signal,
    );
    tell({ kind: 'done', report });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell(stop.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', name, message });
  }
  if (process.connected) process.disconnect();
}

function tell(told: Told): void {
  if (process.connected) process.send?.(told);
}
