import { afterEach, beforeEach } from 'vitest';
import { faultyServer, type FaultyServer } from '../../archive-servers/faulty.js';
import { folders } from '../archives.js';

/** A server of archives and an empty data folder, fresh for each test. */
export interface ArchiveStage {
  readonly server: FaultyServer;
  readonly dataDir: string;
  /** A further empty folder. */
  folder(): string;
  /** What was asked of the server since this was called last: paths, in order. */
  visited(): string[];
}

/** Sets the stage for each test of the file that calls this. */
export function archiveStage(): ArchiveStage {
  const { make, clean } = folders();
  let server: FaultyServer;
  let dataDir: string;
  beforeEach(async () => {
    server = await faultyServer();
    dataDir = make();
  });
  afterEach(async () => {
    await server.close();
    clean();
  });
  return {
    get server() {
      return server;
    },
    get dataDir() {
      return dataDir;
    },
    folder: make,
    visited: () => server.requests.splice(0).map((request) => request.replace('GET ', '')),
  };
}
