import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import type { Context } from './context.js';

/** Opens the index, works with it and closes it whatever happens. */
export async function withLibrary<T>(
  { dataDir, settings }: Pick<Context, 'dataDir' | 'settings'>,
  work: (library: Library) => Promise<T> | T,
): Promise<T> {
  const library = await openLibrary(dataDir, settings.embedding === null ? {} : { embedder: settings.embedding });
  try {
    return await work(library);
  } finally {
    library.close();
  }
}
