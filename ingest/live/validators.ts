import { z } from 'zod';
import type { Validators } from './http.js';

const schema = z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() });

/** Validators as a mark. */
export function validatorsMark({ etag, lastModified }: Validators): string {
  return JSON.stringify({ etag, lastModified });
}

/** The validators in a mark; null where there is none. */
export function knownValidators(mark: string | null): Validators | null {
  if (mark === null || !mark.startsWith('{')) return null;
  try {
    return schema.parse(JSON.parse(mark));
  } catch {
    return null;
  }
}
