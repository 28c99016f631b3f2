import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { NoIndexError } from '../index/errors.js';
import { packagePath } from '../index/package-path.js';
import { ingest } from '../ingest/sync.js';
import type { Context } from './context.js';

const archive = packagePath('test/samples/archive');

/** Runs `work` on the index; where there is none yet, says so and runs it on an index of the bundled sample archive. */
export async function withSampleWhereNoIndex<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  try {
    return await work(context);
  } catch (error) {
    if (!(error instanceof NoIndexError) || !existsSync(archive)) throw error;
    context.streams.log.write(
      `There is no index in ${context.dataDir} yet: answering from the bundled sample archive (invented mail).\n` +
        'For your own: npx threadlore ingest <mbox, Maildir, public-inbox clone or folder of saved pages>\n\n',
    );
    return work({ ...context, dataDir: await sampleIndex(context) });
  }
}

/** The sample archive's index: made at the first need, kept where the operating system keeps caches. */
async function sampleIndex(context: Context): Promise<string> {
  const name = `sample-${await fingerprint(context)}`;
  for (const folder of [envPaths('threadlore', { suffix: '' }).cache, join(tmpdir(), 'threadlore')]) {
    const index = join(folder, name);
    if (existsSync(index)) return index;
    try {
      await mkdir(folder, { recursive: true });
    } catch {
      continue;
    }
    return makeIndex(index, context);
  }
  throw new Error(`cannot make a folder for the sample archive's index in ${tmpdir()}: check that you may write there`);
}

/** Made beside its place and moved there whole, so that two first questions at once, or a kill, leave nothing half done. */
async function makeIndex(index: string, { settings, signal }: Context): Promise<string> {
  const draft = await mkdtemp(join(dirname(index), 'making-'));
  try {
    await ingest({
      dataDir: draft,
      paths: [archive],
      ...(settings.embedding === null ? {} : { embedder: settings.embedding }),
      signal,
    });
    await rename(draft, index);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(index)) throw error;
  }
  return index;
}

/** Changes with the program's version, the sample archive and the model. */
async function fingerprint({ settings }: Context): Promise<string> {
  const hash = createHash('sha256').update(await readFile(packagePath('package.json')));
  hash.update(JSON.stringify(settings.embedding));
  const files = await readdir(archive, { recursive: true, withFileTypes: true });
  for (const file of files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}
