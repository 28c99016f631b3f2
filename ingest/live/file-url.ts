import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openArchiveFile } from '../archive-file.js';
import { itemsIn } from './items.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';
import { knownValidators, validatorsMark } from './validators.js';

/** A file at a URL (mbox, compressed or not, or one mail or page): fetched when its ETag or date changed, and read like a file on disk. */
export async function* fileUrl(reading: LiveReading): AsyncGenerator<LiveItem> {
  const { source, url, list, http, signal } = reading;
  const path = join(await reading.folder(), 'file');
  try {
    const answer = await http.download(url, path, { signal, known: knownValidators(reading.mark('file')) });
    if (answer.kind === 'unchanged') return;
    const opened = await openArchiveFile(path, { source, list });
    yield* itemsIn({ ...opened, path: `${url.origin}${url.pathname}` }, url);
    yield passed('file', validatorsMark(answer.validators));
  } finally {
    await rm(path, { force: true });
  }
}
