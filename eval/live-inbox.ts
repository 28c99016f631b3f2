import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A public-inbox of generated mails with its own web and news servers on loopback. */
export interface LiveInbox {
  readonly web: string;
  readonly news: string;
  close(): void;
}

/** Whether Debian's `public-inbox` is installed. */
export function hasPublicInbox(): boolean {
  return ['public-inbox-init', 'public-inbox-index', 'public-inbox-httpd', 'public-inbox-nntpd'].every(
    (program) => spawnSync(program, ['--help']).error === undefined,
  );
}

export async function serveInbox(messages: number): Promise<LiveInbox> {
  const home = mkdtempSync(join(tmpdir(), 'threadlore-bench-inbox-'));
  const folder = join(home, 'bench');
  const [webPort, newsPort] = [await freePort(), await freePort()];
  const web = `http://127.0.0.1:${webPort}/bench/`;
  // eslint-disable-next-line no-restricted-syntax -- no setting: what finds the programs is passed on to them
  const env = { ...process.env, HOME: home, PI_DIR: home, PI_CONFIG: join(home, 'config'), GIT_CONFIG_NOSYSTEM: '1' };
  const run = (program: string, args: readonly string[], input = ''): void =>
    void execFileSync(program, [...args], { env, input, stdio: ['pipe', 'ignore', 'pipe'] });
  run('public-inbox-init', ['-V2', '--ng', 'inbox.bench', '-L', 'medium', 'bench', folder, web, 'bench@example.org']);
  const epoch = join(folder, 'git', '0.git');
  if (!existsSync(epoch)) run('git', ['init', '--quiet', '--bare', epoch]);
  run('git', [`--git-dir=${epoch}`, 'fast-import', '--quiet'], historyOf(messages));
  run('public-inbox-index', [folder]);
  const servers: ChildProcess[] = [];
  for (const [program, port] of [
    ['httpd', webPort],
    ['nntpd', newsPort],
  ] as const)
    servers.push(await started(`public-inbox-${program}`, port, env));
  return {
    web,
    news: `nntp://127.0.0.1:${newsPort}/inbox.bench`,
    close() {
      for (const server of servers) server.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A public-inbox-v2-format(5) epoch for `git fast-import`: one commit a mail, the mail its file `m`. Threads of eight, each reply quoting the mail before it. */
function historyOf(messages: number): string {
  const commits: string[] = [];
  for (let number = 0; number < messages; number++) {
    const mail = mailOf(number);
    const subject = `mail ${number}`;
    commits.push(
      ...[
        'commit refs/heads/master',
        `mark :${number + 1}`,
        `committer Bench <bench@example.org> ${1_700_000_000 + number} +0000`,
      ],
      ...[`data ${subject.length}`, subject, 'M 100644 inline m', `data ${Buffer.byteLength(mail)}`, mail],
    );
  }
  return `${commits.join('\n')}\n`;
}

function mailOf(number: number): string {
  const place = number % 8;
  const said = (of: number): string =>
    Array.from(
      { length: 12 },
      (_, line) =>
        `Pump ${of} ran dry after ${(of * 7 + line) % 60} minutes, valve ${(of + line * line) % 97} was shut.`,
    ).join('\n');
  const date = new Date(1_700_000_000_000 + number * 60_000).toUTCString().replace('GMT', '+0000');
  const reply = place === 0 ? [] : [`In-Reply-To: <b${number - 1}@example.org>`];
  const quoted = place === 0 ? '' : `${said(number - 1).replace(/^/gm, '> ')}\n\n`;
  return [
    ...[`Message-ID: <b${number}@example.org>`, `From: Writer ${number % 50} <writer${number % 50}@example.org>`],
    ...[
      'To: bench@example.org',
      `Date: ${date}`,
      `Subject: ${place === 0 ? '' : 'Re: '}Pump ${number - place}`,
      ...reply,
    ],
    ...['', `${quoted}${said(number)}`, ''],
  ].join('\n');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function started(program: string, port: number, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const scheme = program.endsWith('nntpd') ? 'nntp' : 'http';
  const child = spawn(program, ['-W0', '-l', `${scheme}://127.0.0.1:${port}`], { env, stdio: 'ignore' });
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    if (await takesConnections(port)) return child;
    await sleep(50);
  }
  child.kill();
  throw new Error(`${program} does not listen on port ${port}`);
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
