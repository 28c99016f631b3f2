import type { Library } from '../index/library.js';
import { openLibrary } from '../index/open.js';
import { modelsOf } from '../settings.js';
import type { Context } from './context.js';

/** Opens the index, works with it and closes it whatever happens. */
export async function withLibrary<T>(
  { dataDir, settings }: Pick<Context, 'dataDir' | 'settings'>,
  work: (library: Library) => Promise<T> | T,
): Promise<T> {
  const library = await openLibrary(dataDir, modelsOf(settings));
  try {
    return await work(library);
  } finally {
    library.close();
  }
}
