import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** Why the tests on real archive servers are skipped here; null where Debian's `public-inbox` is installed. */
export const noPublicInbox = ((): string | null => {
  const found = ['public-inbox-init', 'public-inbox-httpd', 'public-inbox-nntpd'].every(
    (program) => spawnSync('which', [program]).status === 0,
  );
  if (found) return null;
  console.warn('skipped: public-inbox is not installed (apt-get install public-inbox)');
  return 'public-inbox is not installed';
})();

/** A real public-inbox, with its own web and news servers on loopback. */
export interface Inbox {
  readonly name: string;
  readonly folder: string;
  /** `http://127.0.0.1:PORT/NAME/` */
  readonly url: string;
  /** `nntp://127.0.0.1:PORT/inbox.test.NAME` */
  readonly news: string;
  /** Delivers a mail. */
  add(mail: string): void;
  /** Deletes one (a `d` commit). */
  remove(mail: string): void;
  /** Erases one from the history, which is rewritten. */
  purge(mail: string): void;
  /** Indexes what was put into the repositories by other ways. */
  index(): void;
  startHttp(): Promise<void>;
  startNews(): Promise<void>;
  stopHttp(): Promise<void>;
  stopNews(): Promise<void>;
  /** Ends the servers and removes the folder. */
  close(): Promise<void>;
}

export interface InboxOptions {
  readonly name?: string;
  readonly version?: 1 | 2;
}

export async function makeInbox({ name = 'gauges', version = 2 }: InboxOptions = {}): Promise<Inbox> {
  const home = mkdtempSync(join(tmpdir(), 'threadlore-inbox-'));
  const folder = join(home, name);
  const [httpPort, newsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${httpPort}/${name}/`;
  const env = {
    ...process.env,
    ...{ HOME: home, PI_DIR: join(home, 'config'), PI_CONFIG: join(home, 'config', 'config'), XDG_CACHE_HOME: home },
    ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'Keeper', GIT_AUTHOR_EMAIL: 'keeper@example.org' },
    ...{ GIT_COMMITTER_NAME: 'Keeper', GIT_COMMITTER_EMAIL: 'keeper@example.org' },
  };
  const address = `${name}@lists.example.org`;
  const run = (program: string, args: readonly string[], input = ''): void => {
    execFileSync(program, [...args], {
      env: { ...env, ORIGINAL_RECIPIENT: address },
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  };
  run('public-inbox-init', [`-V${version}`, '--ng', `inbox.test.${name}`, '-L', 'medium', name, folder, url, address]);
  execFileSync('git', ['config', '--file', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none'], { env });

  let http: ChildProcess | null = null;
  let news: ChildProcess | null = null;
  return {
    name,
    folder,
    url,
    news: `nntp://127.0.0.1:${newsPort}/inbox.test.${name}`,
    add: (mail) => run('public-inbox-mda', ['--no-precheck'], addressed(mail, address)),
    remove: (mail) => run('public-inbox-learn', ['rm'], addressed(mail, address)),
    purge: (mail) => run('public-inbox-purge', [folder], addressed(mail, address)),
    index: () => run('public-inbox-index', [folder]),
    async startHttp() {
      http = await started('public-inbox-httpd', httpPort, env);
    },
    async startNews() {
      news = await started('public-inbox-nntpd', newsPort, env);
    },
    async stopHttp() {
      http = await ended(http);
    },
    async stopNews() {
      news = await ended(news);
    },
    async close() {
      http = await ended(http);
      news = await ended(news);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function addressed(mail: string, address: string): string {
  return /^To:/im.test(mail) ? mail : `To: ${address}\n${mail}`;
}

/** Starts a server with one worker, and waits until it takes connections. */
async function started(program: string, port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const scheme = program.endsWith('nntpd') ? 'nntp://' : 'http://';
  const child = spawn(program, ['-W0', '-l', `${scheme}127.0.0.1:${port}`], {
    env,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    if (await takesConnections(port)) return child;
    await sleep(50);
  }
  child.kill();
  throw new Error(`${program} does not listen`);
}

async function ended(child: ChildProcess | null): Promise<null> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await exit;
  clearTimeout(timer);
  return null;
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
