import { execFile } from 'node:child_process';
import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { NoIndexError } from '../index/errors.js';
import type { Context } from './context.js';
import { describeError } from './failure.js';
import { fine, type Finding } from './finding.js';
import { withLibrary } from './library.js';
import { checkEmbedding, checkReranker } from './model-checks.js';
import { unsearchable } from './unsearchable.js';

const leastNode = 20;
const leastFreeBytes = 500e6;

/** Looks at everything that a run needs. Never throws: what goes wrong is a finding. */
export async function examine(context: Context): Promise<Finding[]> {
  return [
    checkNode(),
    ...(await checkNativeModules()),
    await checkEmbedding(context.settings),
    await checkReranker(context.settings),
    await checkFolder(context),
    await checkDisk(context),
    await checkIndex(context),
    await checkGit(),
    checkDiscord(context),
  ];
}

function checkNode(): Finding {
  const { version } = process;
  if (Number(version.slice(1).split('.')[0]) >= leastNode) return fine('Node.js', version);
  return {
    state: 'missing',
    what: 'Node.js',
    detail: version,
    mend: `install Node.js ${leastNode} or newer (https://nodejs.org)`,
  };
}

/** Built or downloaded when installed, for one platform and Node.js version: what breaks first after an upgrade. */
const nativeModules: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['better-sqlite3', async () => new (await import('better-sqlite3')).default(':memory:').close()],
  ['hnswlib-node', async () => new (await import('hnswlib-node')).default.HierarchicalNSW('ip', 4)],
  ['onnxruntime-node', () => import('@xenova/transformers')],
];

async function checkNativeModules(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [what, load] of nativeModules) {
    try {
      await load();
      findings.push(fine(what, 'loads'));
    } catch (error) {
      const mend =
        'run npm rebuild in the folder where threadlore is installed, or npm ci again; it must be allowed to run install scripts';
      findings.push({ state: 'missing', what, detail: describeError(error), mend });
    }
  }
  return findings;
}

/** The folder, or where it is not there yet the nearest folder above it. */
async function existing(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(at).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return at;
  }
}

async function checkFolder({ dataDir }: Context): Promise<Finding> {
  const what = 'data folder';
  try {
    const folder = await existing(dataDir);
    await access(folder, constants.W_OK | constants.X_OK);
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is a file`);
    return fine(what, folder === resolve(dataDir) ? `${folder} can be written` : `${resolve(dataDir)} can be made`);
  } catch (error) {
    return {
      state: 'missing',
      what,
      detail: describeError(error),
      mend: 'name a folder that you may write to with --data or THREADLORE_DATA',
    };
  }
}

async function checkDisk({ dataDir }: Context): Promise<Finding> {
  const what = 'free disk space';
  try {
    const { bavail, bsize } = await statfs(await existing(dataDir));
    const free = bavail * bsize;
    const detail = `${(free / 1e9).toFixed(1)} GB`;
    if (free >= leastFreeBytes) return fine(what, detail);
    return {
      state: 'note',
      what,
      detail,
      mend: 'an index takes about as much room as the mail in it: free some, or put it elsewhere with --data',
    };
  } catch (error) {
    return { state: 'note', what, detail: describeError(error), mend: null };
  }
}

async function checkIndex(context: Context): Promise<Finding> {
  const what = 'index';
  try {
    const stats = await withLibrary(context, (library) => library.stats());
    const empty = unsearchable(stats);
    if (empty !== null) return { state: 'note', what, ...empty };
    return fine(
      what,
      `${stats.messages.toLocaleString('en-US')} messages, schema ${stats.schema}, model ${stats.model.id}`,
    );
  } catch (error) {
    if (error instanceof NoIndexError) {
      return {
        state: 'note',
        what,
        detail: `none in ${context.dataDir} yet`,
        mend: 'threadlore ingest <path>; until then ask uses the sample archive',
      };
    }
    return { state: 'missing', what, detail: describeError(error), mend: null };
  }
}

async function checkGit(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 10_000 });
    return fine('git', stdout.trim());
  } catch {
    return {
      state: 'note',
      what: 'git',
      detail: 'not found',
      mend: 'install git to ingest public-inbox repositories; other archives do not need it',
    };
  }
}

/** Says whether the token is set, never what it is. */
function checkDiscord({ settings }: Context): Finding {
  const { token, applicationId } = settings.discord;
  if (token !== null && applicationId !== null)
    return fine('Discord', 'DISCORD_TOKEN and DISCORD_APPLICATION_ID are set');
  const absent = [token === null ? 'DISCORD_TOKEN' : '', applicationId === null ? 'DISCORD_APPLICATION_ID' : ''].filter(
    (name) => name !== '',
  );
  return {
    state: 'note',
    what: 'Discord',
    detail: `${absent.join(' and ')} not set`,
    mend: 'only the bot needs them: see .env.example',
  };
}
