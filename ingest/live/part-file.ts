import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Validators } from './http.js';

/** The beginning of a file that was being fetched, and what names the thing that it is the beginning of. */
export interface Part {
  readonly octets: number;
  /** For `If-Range` (RFC 9110, 13.1.5). */
  readonly validator: string;
}

const noteSchema = z.object({ url: z.string(), validator: z.string().min(1).max(8192) });

export function partPath(path: string): string {
  return `${path}.part`;
}

function notePath(path: string): string {
  return `${path}.part.json`;
}

/** What is there of the file that `url` goes to `path`; null where nothing is that can be gone on with. */
export async function partOf(path: string, url: URL): Promise<Part | null> {
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(notePath(path), 'utf8')));
    const { size } = await stat(partPath(path));
    return note.url === url.href && size > 0 ? { octets: size, validator: note.validator } : null;
  } catch {
    return null;
  }
}

/** Begins anew. Without a validator nobody could tell whether what comes later is of the same thing, so then no note is kept. */
export async function beginPart(path: string, url: URL, validator: string | null): Promise<void> {
  await dropPart(path);
  if (validator !== null) await writeFile(notePath(path), JSON.stringify({ url: url.href, validator }));
}

/** All of it came: it is the file. */
export async function endPart(path: string): Promise<void> {
  await rename(partPath(path), path);
  await rm(notePath(path), { force: true });
}

export async function dropPart(path: string): Promise<void> {
  await rm(notePath(path), { force: true });
  await rm(partPath(path), { force: true });
}

/** What tells versions apart to the octet: an ETag that is not weak; else a date, where the answer is a second younger than it (RFC 9110, 8.8.2.2). */
export function strongValidator({ etag, lastModified }: Validators, date: string | null): string | null {
  if (etag !== null && /^"/.test(etag)) return etag;
  if (etag !== null || lastModified === null || date === null) return null;
  return Date.parse(date) - Date.parse(lastModified) >= 1_000 ? lastModified : null;
}
