#!/usr/bin/env node
import type { World } from './context.js';
import { run } from './program.js';
import { endQuietlyOnClosedPipe } from './streams.js';

const interrupted = new AbortController();
const world: World = {
  streams: { out: process.stdout, log: process.stderr },
  signal: interrupted.signal,
};
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    // The second time, or where a command does not stop by itself, nothing is lost by going at once: every step is a transaction.
    if (interrupted.signal.aborted) process.exit(status);
    interrupted.abort();
    setTimeout(() => process.exit(status), world.patienceMs ?? 3_000).unref();
  });
}

endQuietlyOnClosedPipe(process.stdout);
endQuietlyOnClosedPipe(process.stderr);

process.exitCode = await run(process.argv.slice(2), world);
