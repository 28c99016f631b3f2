import { openLibrary } from './open.js';
import { currentGeneration } from './generation.js';
import type { Library } from './library.js';
import type { OpenOptions } from './store.js';

/** How long a library that was replaced stays open for those who still read from it. */
const GRACE_MS = 60_000;

export interface WatchedLibrary {
  /** The present library. Ask for it at the start of each piece of work and keep it no longer than that. */
  current(): Promise<Library>;
  close(): void;
}

/** Follows a data folder: new commits show at once, and a rebuilt index takes the place of the old one. */
export function watchLibrary(dataDir: string, options: OpenOptions = {}): WatchedLibrary {
  let open: { readonly name: string; readonly library: Promise<Library> } | null = null;
  const retired = new Map<Library, NodeJS.Timeout>();

  function retire(library: Library): void {
    const timer = setTimeout(() => {
      retired.delete(library);
      library.close();
    }, GRACE_MS);
    timer.unref();
    retired.set(library, timer);
  }

  return {
    async current() {
      const name = currentGeneration(dataDir)?.name ?? 'none';
      if (open?.name === name) return open.library;
      const library = openLibrary(dataDir, options);
      const before = open;
      const next = { name, library };
      open = next;
      try {
        await library;
      } catch (error) {
        // The next call tries again; until then whoever has the old one keeps it.
        if (open === next) open = before;
        throw error;
      }
      if (before !== null) void before.library.then(retire, () => undefined);
      return library;
    },
    close() {
      for (const [library, timer] of retired) {
        clearTimeout(timer);
        library.close();
      }
      retired.clear();
      void open?.library.then(
        (library) => library.close(),
        () => undefined,
      );
      open = null;
    },
  };
}
