import { afterEach, beforeEach } from 'vitest';
import { faultyServer, type FaultyServer } from '../../archive-servers/faulty.js';
import { folders } from '../archives.js';

/** A server and an empty data folder, fresh for each test. */
export interface Stage<Server> {
  readonly server: Server;
  readonly dataDir: string;
  /** A further empty folder. */
  folder(): string;
}

/** A stage whose server serves archives over HTTP. */
export interface ArchiveStage extends Stage<FaultyServer> {
  /** What was asked of the server since this was called last: paths, in order. */
  visited(): string[];
}

/** Sets the stage for each test of the file that calls this. */
export function archiveStage(): ArchiveStage {
  const on = stageWith(faultyServer);
  const visited = (): string[] => on.server.requests.splice(0).map((request) => request.replace('GET ', ''));
  return Object.assign(on, { visited });
}

/** A stage for each test of the file that calls this, its server as `open` starts it. */
export function stageWith<Server extends { close(): Promise<void> }>(open: () => Promise<Server>): Stage<Server> {
  const { make, clean } = folders();
  let server: Server;
  let dataDir: string;
  beforeEach(async () => {
    server = await open();
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
  };
}
