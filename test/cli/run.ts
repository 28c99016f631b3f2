import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Why the command line cannot be run here; null where it can. `npm test` builds first. */
export const notBuilt = existsSync(main) ? null : 'dist/cli/main.js is not built';

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs `threadlore` with these arguments as a process of its own; `stop` is called with each piece of its stdout. */
export function threadlore(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onOut?: (stream: NodeJS.ReadableStream) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      onOut?.(child.stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (log += piece));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, log }));
  });
}
