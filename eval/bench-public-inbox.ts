import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Messages a second of Debian's `public-inbox-index` on a public-inbox archive (a bundle or an epoch's git), in folders of its own below `folder`.
 * Null where it is not installed or `archive` is something else.
 */
export function benchPublicInbox(archive: string, folder: string): Promise<number | null> {
  if (!/\.(?:bundle|git)\/?$/.test(archive) || !works('public-inbox-index', ['--help'])) return Promise.resolve(null);
  const inbox = join(folder, 'inbox');
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  // Nothing of the user's own configuration may be read or changed. `env` passes the rest of the environment on.
  const own = [`HOME=${home}`, `PI_CONFIG=${join(home, 'config')}`];
  const run = (...command: readonly string[]): boolean => works('env', [...own, ...command]);
  writeFileSync(join(home, 'config'), '');
  const isReady =
    run('public-inbox-init', '-V2', 'bench', inbox, 'http://localhost/bench', 'bench@localhost') &&
    run('rm', '-rf', join(inbox, 'git', '0.git')) &&
    run('git', 'clone', '--quiet', '--mirror', archive, join(inbox, 'git', '0.git'));
  const count = Number(
    spawnSync('git', ['-C', join(inbox, 'git', '0.git'), 'rev-list', '--count', 'HEAD'], { encoding: 'utf8' }).stdout,
  );
  const began = performance.now();
  if (!isReady || !run('public-inbox-index', inbox) || !(count > 0)) return Promise.resolve(null);
  return Promise.resolve(count / ((performance.now() - began) / 1000));
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
