import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../shared/', import.meta.url);

/** Path of real material kept beside the checkout (`corpus/seeds`), or null where it is absent: tests on it are then skipped, saying so. */
export function sharedPath(relative: string): string | null {
  const path = fileURLToPath(new URL(relative, root));
  if (existsSync(path)) return path;
  console.warn(`skipped: no real archives beside the checkout (${relative})`);
  return null;
}
